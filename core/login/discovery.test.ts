// An address of an organization below leads to that organization, and tells nobody who has an account where.

import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { hashesDone } from '#core/credentials'
import { addDomain, loadDirectory, recordDomain, suspend } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, mails, password, person, type World } from '#support/engine'
import { signIn, view } from './index.ts'

freshDatabase()
let world: World
const prove = (id: string, domain: string) =>
  withPlatform(async (tx) => {
    const { proof } = await addDomain(tx, by, id, domain, null)
    const evidence = [{ resolver: '192.0.2.53', values: [`livery-verification=${proof}`], error: null }]
    await recordDomain(tx, by, id, domain, evidence)
  })
beforeAll(async () => {
  world = await buildWorld()
  await prove(world.own, 'own.example')
  await prove(world.strict, 'strict.example')
  await prove(world.closed, 'closed.example')
  await withPlatform((tx) => addDomain(tx, by, world.mixed, 'claimed.example', null))
  await withPlatform((tx) => suspend(tx, by, world.closed))
  await loadDirectory()
}, 60_000)

const wrong = 'not this one, I am afraid'
const led = (organizationId: string, username: string, hasTyped = true) => ({
  next: '/sign-in/elsewhere',
  elsewhere: { organizationId, username, hasTyped },
})

describe('an address of an organization below', () => {
  it('leads there, whether anybody has it or not, here or there, for the same work', async () => {
    await person({ email: 'there@own.example', home: world.own })
    await person({ email: 'here@own.example', home: world.root })
    await person({ email: 'gone@own.example', home: world.root, suspended: true })
    for (const name of ['there', 'here', 'gone', 'nobody']) {
      const before = hashesDone()
      const outcome = await signIn(at(world.root), null, { username: `${name}@own.example`, password: wrong })
      expect(outcome).toEqual(led(world.own, `${name}@own.example`))
      expect(hashesDone() - before).toBe(1)
    }
    expect(await mails()).toEqual([])
  })

  it('leads there before any password is typed', async () => {
    for (const answer of [{ username: ' Any@OWN.example ' }, { username: 'any@own.example', password: '' }]) {
      const before = hashesDone()
      expect(await signIn(at(world.root), null, answer)).toEqual(led(world.own, 'any@own.example', false))
      expect(hashesDone()).toBe(before)
    }
  })

  it('keeps nobody from their own account: the right password signs in where it was typed', async () => {
    await person({ email: 'central@own.example', home: world.root })
    const outcome = await signIn(at(world.root), null, { username: 'central@own.example', password })
    expect(outcome).toMatchObject({ next: '/account', ticket: expect.any(String) })
  })

  it('never takes a password along', async () => {
    const outcome = await signIn(at(world.root), null, { username: 'ada@own.example', password: wrong })
    expect(JSON.stringify(outcome)).not.toContain(wrong)
  })

  it('bounds guesses as any other', async () => {
    const ctx = at(world.root)
    const answer = { username: 'bounded@own.example', password: wrong }
    for (let tries = 0; tries < 10; tries += 1) expect(await signIn(ctx, null, answer)).toHaveProperty('elsewhere')
    const refused = await signIn(ctx, null, answer)
    expect(refused.next).toBe('/sign-in')
    expect((await view(ctx, refused.attempt ?? null, 'sign-in'))?.failure?.code).toBe('login.too_many_tries')
  })
})

describe('nobody is led', () => {
  it.each([
    ['by a domain that is not proven', 'root', 'ada@claimed.example'],
    ['to an organization that is suspended', 'root', 'ada@closed.example'],
    ['by a domain of nobody', 'root', 'ada@example.com'],
    ['from where they belong', 'own', 'ada@own.example'],
    ['to an organization beside', 'strict', 'ada@own.example'],
    ['by a domain below a proven one', 'root', 'ada@mail.own.example'],
  ] as const)('%s', async (_, where, username) => {
    for (const answer of [{ username, password: wrong }, { username }]) {
      const outcome = await signIn(at(world[where]), null, answer)
      expect(outcome.next).toBe('/sign-in')
      expect(outcome.elsewhere).toBeUndefined()
    }
  })
})
