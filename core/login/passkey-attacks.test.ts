import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userHandleOf } from '#core/credentials'
import { minutes, setClockForTests } from '#platform/clock'
import type { Twist } from '#support/authenticator'
import { freshDatabase } from '#support/database'
import { at, buildWorld, type World } from '#support/engine'
import { brought, browserAt, failureOf, givePasskey, originOf, signInWith, withPasskey } from '#support/passkey-sign-in'
import { member } from '#support/staff'
import { exchange, passkeyToSignIn, signIn } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

describe('an attack with a passkey (MFA-08)', () => {
  it.each<[string, Twist, string]>([
    ['at another origin', { origin: 'https://login.evil.example' }, 'passkey.refused'],
    ['for another host', { rpId: 'evil.example' }, 'passkey.refused'],
    ['inside a page of somebody else', { crossOrigin: true }, 'passkey.refused'],
    ['without anybody there', { isPresent: false }, 'passkey.refused'],
    ['without PIN or fingerprint', { isVerified: false }, 'passkey.unverified'],
    ['that does not say whose it is', { userHandle: null }, 'passkey.refused'],
    ['of another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, 'passkey.refused'],
  ])('one used %s signs nobody in', async (_, twist, code) => {
    const { device } = await withPasskey(world.own)
    const browser = browserAt(world.own)
    const { attempt, ticket } = await signInWith(browser, device, { twist })
    expect(ticket).toBeUndefined()
    expect(await failureOf(browser, attempt)).toEqual({ code })
  })

  it("somebody else's id signs nobody in", async () => {
    const victim = await withPasskey(world.own)
    const thief = await withPasskey(world.own)
    const twist = { credentialId: victim.passkey.credentialId, userHandle: userHandleOf(victim.somebody.ref) }
    const browser = browserAt(world.own)
    const { attempt, ticket } = await signInWith(browser, thief.device, { twist })
    expect(ticket).toBeUndefined()
    expect(await failureOf(browser, attempt)).toEqual({ code: 'passkey.refused' })
  })

  it('a challenge is of one browser, one organization, one purpose and ten minutes', async () => {
    const { device } = await withPasskey(world.own)
    const browser = browserAt(world.own)
    const asked = passkeyToSignIn(browser, browser.nonce)
    const answer = { at: 'passkey', ...brought(device, asked, originOf(browser)) }
    for (const other of [browserAt(world.own), browserAt(world.mixed), at(world.own)]) {
      const { attempt, ticket } = await signIn(other, null, answer)
      expect(ticket).toBeUndefined()
      expect(await failureOf(other, attempt)).toEqual({ code: 'passkey.expired' })
    }
    setClockForTests(minutes(10))
    expect((await signIn(browser, null, answer)).ticket).toBeUndefined()
    setClockForTests(minutes(9))
    expect((await signIn(browser, null, answer)).ticket).toBeDefined()
  })

  it('of fifty uses of one answer at the same moment one signs in', async () => {
    const { device } = await withPasskey(world.own)
    const browser = browserAt(world.own)
    const asked = passkeyToSignIn(browser, browser.nonce)
    const answer = { at: 'passkey', ...brought(device, asked, originOf(browser)) }
    const all = await Promise.all(Array.from({ length: 50 }, () => signIn(browser, null, answer)))
    const tickets = all.flatMap(({ ticket }) => (ticket ? [ticket] : []))
    expect(tickets).toHaveLength(1)
    const sessions = await Promise.all(tickets.map((ticket) => exchange(browser, ticket)))
    expect(sessions.filter(Boolean)).toHaveLength(1)
  })

  it('a copy of a key that is behind is refused', async () => {
    const somebody = await member({ home: world.own, kind: 'consumer' })
    const { device } = await givePasskey(somebody.ref, browserAt(world.own), { isCounting: true })
    expect((await signInWith(browserAt(world.own), device, { twist: { counter: 9 } })).ticket).toBeDefined()
    const browser = browserAt(world.own)
    const { attempt } = await signInWith(browser, device, { twist: { counter: 9 } })
    expect(await failureOf(browser, attempt)).toEqual({ code: 'passkey.refused' })
  })

  it('one network tries so often, and no more', async () => {
    const { device } = await withPasskey(world.own)
    const address = '203.0.113.77'
    for (let guess = 0; guess < 60; guess += 1) {
      await signInWith(browserAt(world.own, address), device, { twist: { isPresent: false } })
    }
    const browser = browserAt(world.own, address)
    const { attempt } = await signInWith(browser, device)
    expect((await failureOf(browser, attempt))?.code).toBe('login.too_many_tries')
    expect((await signInWith(browserAt(world.own), device)).ticket).toBeDefined()
  })
})
