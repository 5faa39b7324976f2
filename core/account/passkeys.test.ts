// MFA-05 and MFA-08 in My Account: passkeys are made, proven and taken away by their person alone, who has just proven who they
// are, in the session that asked.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { factorsOf, addPasskey as keep, recoveryCodesLeft } from '#core/credentials'
import { look } from '#core/sessions'
import { minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { accountOf, newcomer, refusal, stale, toldTo } from '#support/account'
import { type AuthenticatorShape, asField, authenticator, type Twist } from '#support/authenticator'
import { freshDatabase } from '#support/database'
import { buildWorld, person, type World } from '#support/engine'
import { passkeyOf } from '#support/factors'
import { trailOf } from '#support/staff'
import type { AccountContext } from './contract.ts'
import {
  acceptedPasskeys,
  addPasskey,
  changePassword,
  passkeyToMake,
  passkeyToProve,
  proofAsked,
  proveAgain,
  provePasskey,
  removePasskey,
  renamePasskey,
  requireFresh,
} from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const origin = 'http://localhost:3000'
type Device = ReturnType<typeof authenticator>

const made = async (account: AccountContext, device: Device, twist: Twist = {}) => {
  const { options, challenge } = await passkeyToMake(account)
  return { credential: asField(device.register(options, origin, twist)), challenge }
}
const proven = async (account: AccountContext, device: Device, twist: Twist = {}) => {
  const { options, challenge } = await passkeyToProve(account)
  return { credential: asField(device.authenticate(options, origin, twist)), challenge }
}
const withPasskey = async (account: AccountContext, shape: AuthenticatorShape = {}) => {
  const device = authenticator(shape)
  return { device, passkey: await addPasskey(account, await made(account, device)) }
}
const factors = ({ session: { homeId, personId } }: AccountContext) =>
  withOrganization(homeId, (tx) => factorsOf(tx, personId))

describe('a passkey in My Account', () => {
  it('is added, tried out, named and removed; each change is told and ends what is open elsewhere', async () => {
    const { account, ref, isOpen } = await newcomer(world.own)
    const elsewhere = await accountOf(world.own, ref)
    const { device, passkey } = await withPasskey(account, { aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d' })
    expect(passkey).toMatchObject({ name: '1Password', rpId: 'localhost', isSynced: true })
    expect([await isOpen(), await elsewhere.isOpen()]).toEqual([true, false])
    expect(await provePasskey(account, await proven(account, device))).toMatchObject({ id: passkey.id })
    await renamePasskey(account, { passkey: passkey.id, name: ' Work  laptop ' })
    expect((await factors(account)).passkeys[0]).toMatchObject({ name: 'Work laptop', lastUsedAt: expect.any(Date) })
    const another = await accountOf(world.own, ref)
    expect(await removePasskey(account, { passkey: passkey.id })).toMatchObject({ id: passkey.id })
    expect([await isOpen(), await another.isOpen()]).toEqual([true, false])
    expect((await factors(account)).passkeys).toEqual([])
    expect(await toldTo(ref)).toEqual(['passkey-added', 'passkey-removed'])
    const actions = (await trailOf(world.own, ref.personId)).map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['passkey.added', 'passkey.renamed', 'passkey.removed']))
  })

  it('that the browser has made by itself needs nobody to touch anything, where it was asked for so', async () => {
    const { account, ref } = await newcomer(world.own)
    const elsewhere = await accountOf(world.own, ref)
    const untouched = { isPresent: false, isVerified: false }
    const { options, challenge } = await passkeyToMake(account, 'upgrade')
    const credential = asField(authenticator().register(options, origin, untouched))
    expect(await refusal(() => addPasskey(account, { credential, challenge }))).toBe('passkey.expired')
    expect(await addPasskey(account, { credential, challenge }, 'upgrade')).toMatchObject({ isVerified: false })
    expect([await elsewhere.isOpen(), await toldTo(ref)]).toEqual([true, ['passkey-added']])
    const pressed = await made(account, authenticator(), untouched)
    expect(await refusal(() => addPasskey(account, pressed))).toBe('passkey.refused')
  })

  it('is made once by each authenticator', async () => {
    const { account } = await newcomer(world.own)
    const { device } = await withPasskey(account)
    await expect(made(account, device)).rejects.toThrow('test.excluded')
  })

  it('of somebody who lives elsewhere is kept at their home, and every other session ends there as well', async () => {
    const { id } = await person({ email: 'far@skyway.example', home: world.root, memberOf: [world.mixed] })
    const ref = { homeId: world.root, personId: id }
    const [here, home] = [await accountOf(world.mixed, ref), await accountOf(world.root, ref)]
    await withPasskey(here.account)
    expect([await here.isOpen(), await home.isOpen()]).toEqual([true, false])
    expect((await factors(here.account)).passkeys).toHaveLength(1)
  })

  it('asks for a fresh proof to be added and to be removed, not to be tried out', async () => {
    const { account } = await newcomer(world.own)
    const { device, passkey } = await withPasskey(account)
    const old = stale(account)
    const answer = await made(account, authenticator())
    expect(await refusal(() => passkeyToMake(old))).toBe('account.proof_needed')
    expect(await refusal(() => addPasskey(old, answer))).toBe('account.proof_needed')
    expect(await refusal(async () => removePasskey(old, { passkey: passkey.id }))).toBe('account.proof_needed')
    // Refused for the missing proof alone: with one, the very same answer is taken.
    expect(await refusal(() => addPasskey(account, answer))).toBeNull()
    expect(await refusal(async () => provePasskey(old, await proven(old, device)))).toBeNull()
  })

  it.each<[string, Twist, string]>([
    ['another origin', { origin: 'https://evil.example' }, 'passkey.refused'],
    ['another host', { rpId: 'evil.example' }, 'passkey.refused'],
    ['another challenge', { challenge: 'AAAA' }, 'passkey.refused'],
    ['nobody there', { isPresent: false }, 'passkey.refused'],
    ['a page inside another', { crossOrigin: true }, 'passkey.refused'],
    ['the answer to another question', { type: 'webauthn.get' }, 'passkey.refused'],
  ])('is not added with %s', async (_, twist, expected) => {
    const { account, ref } = await newcomer(world.own)
    const answer = await made(account, authenticator(), twist)
    expect(await refusal(() => addPasskey(account, answer))).toBe(expected)
    expect(await toldTo(ref)).toEqual([])
  })

  it('counts in the session that asked for it, within ten minutes, and once', async () => {
    const { account, ref } = await newcomer(world.own)
    const other = await accountOf(world.own, ref)
    const eve = await newcomer(world.own)
    const answer = await made(account, authenticator())
    for (const foreign of [other.account, eve.account]) {
      expect(await refusal(() => addPasskey(foreign, answer))).toBe('passkey.expired')
    }
    const late = await made(account, authenticator())
    setClockForTests(minutes(10))
    const again = { ...account, session: { ...account.session, provenAt: new Date(Date.now() + minutes(10)) } }
    expect(await refusal(() => addPasskey(again, late))).toBe('passkey.expired')
    setClockForTests(0)
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => refusal(() => addPasskey(account, answer))))
    expect(outcomes.filter((one) => one === null)).toHaveLength(1)
    expect(outcomes.filter((one) => one === 'passkey.expired')).toHaveLength(4)
  })

  it('of somebody else proves nothing, is not renamed and not removed', async () => {
    const ada = await newcomer(world.own)
    const eve = await newcomer(world.own)
    const { device, passkey } = await withPasskey(ada.account)
    const { challenge } = await passkeyToProve(eve.account)
    const stolen = { ...(await proven(ada.account, device)), challenge }
    expect(await refusal(() => provePasskey(eve.account, stolen))).toBe('passkey.unknown')
    for (const act of [renamePasskey, removePasskey]) {
      expect(await refusal(async () => act(eve.account, { passkey: passkey.id, name: 'Mine' }))).toBe(
        'account.factor_unknown',
      )
    }
    expect((await factors(ada.account)).passkeys).toMatchObject([{ id: passkey.id, name: passkey.name }])
  })

  it('is tried out with nothing but a PIN or a fingerprint, and never with an answer that was there before', async () => {
    const { account } = await newcomer(world.own)
    const { device } = await withPasskey(account, { isCounting: true })
    const unverified = await proven(account, device, { isVerified: false })
    expect(await refusal(() => provePasskey(account, unverified))).toBe('passkey.unverified')
    const answer = await proven(account, device)
    expect(await refusal(() => provePasskey(account, answer))).toBeNull()
    expect(await refusal(() => provePasskey(account, answer))).toBe('passkey.expired')
    const behind = await proven(account, device, { counter: 1 })
    expect(await refusal(() => provePasskey(account, behind))).toBe('passkey.refused')
  })

  it.each([
    [{}, 'input.missing passkey'],
    [{ passkey: 'pky_x' }, 'account.factor_unknown'],
    [{ passkey: ['a', 'b'] }, 'input.invalid passkey'],
    [{ passkey: 'per_00000000000000000000000000' }, 'account.factor_unknown'],
  ])('is not found by %j', async (answer, expected) => {
    const { account } = await newcomer(world.own)
    expect(await refusal(async () => removePasskey(account, answer))).toBe(expected)
    expect(await refusal(() => renamePasskey(account, { name: 'x', ...answer }))).toBe(expected)
  })

  it('keeps its name when the new one could not be shown', async () => {
    const { account } = await newcomer(world.own)
    const { passkey } = await withPasskey(account)
    for (const name of ['x'.repeat(61), 'a\u202eb']) {
      expect(await refusal(() => renamePasskey(account, { passkey: passkey.id, name }))).toMatch(/ name$/)
    }
  })
})

describe('a proof in between', () => {
  it('is given by a passkey alone, and lets the session go on under another secret', async () => {
    const { account, isOpen } = await newcomer(world.own)
    const { device } = await withPasskey(account)
    expect(await proofAsked(account)).toEqual({ password: true, code: false, passkey: true })
    const old = stale(account)
    const { secret } = await proveAgain(old, await proven(old, device))
    const session = await look(world.own, secret)
    expect(session).toMatchObject({ id: account.session.id, methods: ['pwd', 'hwk'] })
    expect(() => session && requireFresh(session)).not.toThrow()
    expect(await isOpen()).toBe(false)
  })

  it('is not given by somebody else’s passkey, nor by a touch alone', async () => {
    const [ada, eve] = [await newcomer(world.own), await newcomer(world.own)]
    const { device } = await withPasskey(ada.account)
    const { challenge } = await passkeyToProve(eve.account)
    const { credential } = await proven(ada.account, device)
    expect(await refusal(() => proveAgain(eve.account, { credential, challenge }))).toBe('passkey.unknown')
    const touched = await proven(ada.account, device, { isVerified: false })
    expect(await refusal(() => proveAgain(ada.account, touched))).toBe('passkey.unverified')
  })

  it('is all that somebody with nothing else is asked for', async () => {
    const { account } = await newcomer(world.own, { hasPassword: false })
    await withPasskey(account)
    expect(await proofAsked(account)).toEqual({ password: false, code: false, passkey: true })
    expect(await refusal(() => proveAgain(account, { current_password: 'anything' }))).toBe('passkey.malformed')
  })
})

describe('the last way to sign in', () => {
  it('stays, until there is a password', async () => {
    const { account, ref } = await newcomer(world.own, { hasPassword: false })
    const { passkey } = await withPasskey(account)
    expect(await refusal(async () => removePasskey(account, { passkey: passkey.id }))).toBe('account.last_way')
    expect((await factors(account)).passkeys).toHaveLength(1)
    expect(await refusal(() => changePassword(stale(account), { new_password: 'velvet-otter-marble-canyon' }))).toBe(
      'account.proof_needed',
    )
    await changePassword(account, { new_password: 'velvet-otter-marble-canyon' })
    await removePasskey(account, { passkey: passkey.id })
    expect((await factors(account)).passkeys).toEqual([])
    expect(await toldTo(ref)).toEqual(['passkey-added', 'password-changed', 'passkey-removed'])
  })

  it('stays as well when the last two are taken away at the same moment', async () => {
    const { account, ref } = await newcomer(world.own, { hasPassword: false })
    const [one, two] = [await withPasskey(account), await withPasskey(account)]
    const outcomes = await Promise.all(
      [one, two].map(({ passkey }) => refusal(async () => removePasskey(account, { passkey: passkey.id }))),
    )
    expect(outcomes.toSorted()).toEqual(['account.last_way', null])
    expect((await factors(account)).passkeys).toHaveLength(1)
    expect((await toldTo(ref)).filter((told) => told === 'passkey-removed')).toHaveLength(1)
  })
})

describe('what keeps passkeys', () => {
  it('is told which of them are good at this host', async () => {
    const { account, ref } = await newcomer(world.own)
    const { passkey } = await withPasskey(account)
    await withOrganization(world.own, (tx) => keep(tx, account.by, ref.personId, passkeyOf(ref.personId)))
    const told = acceptedPasskeys(account, await factors(account))
    expect(told).toMatchObject({ rpId: 'localhost', allAcceptedCredentialIds: [passkey.credentialId] })
    expect(told?.userId).not.toContain(ref.personId)
    expect(await withOrganization(world.own, (tx) => recoveryCodesLeft(tx, ref.personId))).toBe(0)
  })
})
