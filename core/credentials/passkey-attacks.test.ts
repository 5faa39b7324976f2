import { beforeAll, describe, expect, it } from 'vitest'
import { withOrganization } from '#platform/database'
import { authenticator, type Twist } from '#support/authenticator'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { boundsOf, outcomeOf, proving, registering, rpId, withPasskey } from '#support/passkeys'
import { member } from '#support/staff'
import {
  findPasskey,
  readAuthentication,
  readRegistration,
  usePasskey,
  userHandleOf,
  verifyAuthentication,
  verifyRegistration,
} from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

describe('an attack on a registration', () => {
  it.each<[string, Twist]>([
    ['made at another origin', { origin: 'https://login.evil.example' }],
    ['made for another host', { rpId: 'evil.example' }],
    ['of another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['that is a proof', { type: 'webauthn.get' }],
    ['inside a page of somebody else', { crossOrigin: true }],
    ['without anybody there', { isPresent: false }],
    ['whose absent attestation says something', { attestation: 'claimed' }],
    ['whose attestation another key has signed', { attestation: 'forged' }],
    ['that claims a maker', { attestation: 'certified' }],
  ])('%s is refused', async (_, twist) => {
    const { ref } = await member({ home: world.own })
    expect(await outcomeOf(registering(authenticator(), ref, twist))).toBe('passkey.refused')
  })

  it('without anybody there is none but what a browser makes beside a password', async () => {
    const { ref } = await member({ home: world.own })
    const twist = { isPresent: false, isVerified: false }
    const outcome = (purpose: 'register' | 'upgrade') => registering(authenticator(), ref, twist, { purpose })
    expect(await outcome('upgrade')).toMatchObject({ isVerified: false })
    expect(await outcomeOf(outcome('register'))).toBe('passkey.refused')
  })

  it('a statement that the key has made of itself proves nothing and harms nothing', async () => {
    const { ref } = await member({ home: world.own })
    expect(await registering(authenticator(), ref, { attestation: 'own' })).toMatchObject({ rpId, aaguid: null })
  })

  it('a device that asks for no PIN may make one, and it is remembered', async () => {
    const { ref } = await member({ home: world.own })
    const verified = await registering(authenticator({ isVerifying: false }), ref)
    expect(verified.isVerified).toBe(false)
  })
})

describe('an attack with a passkey (MFA-08)', () => {
  it.each<[string, Twist, string]>([
    ['at another origin', { origin: 'https://login.evil.example' }, 'passkey.refused'],
    ['at another port', { origin: 'https://login.alpine.example:8443' }, 'passkey.refused'],
    ['for another host', { rpId: 'alpine.example' }, 'passkey.refused'],
    ['inside a page of somebody else', { crossOrigin: true }, 'passkey.refused'],
    ['with a challenge of its own', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, 'passkey.refused'],
    ['as a registration', { type: 'webauthn.create' }, 'passkey.refused'],
    ['without anybody there', { isPresent: false }, 'passkey.refused'],
    ['without PIN or fingerprint', { isVerified: false }, 'passkey.unverified'],
    ['without saying whose it is', { userHandle: null }, 'passkey.refused'],
    ['saying that it is empty', { userHandle: '' }, 'passkey.refused'],
    ['saying that it is of somebody else', { userHandle: Buffer.alloc(32).toString('base64url') }, 'passkey.refused'],
  ])('%s is refused', async (_, twist, code) => {
    expect(await outcomeOf(proving(world.own, (await withPasskey(world.own)).device, { twist }))).toBe(code)
  })

  it("somebody else's credential id is refused: their key has not signed", async () => {
    const victim = await withPasskey(world.own)
    const thief = await withPasskey(world.own)
    const twist = { credentialId: victim.passkey.credentialId, userHandle: userHandleOf(victim.ref) }
    expect(await outcomeOf(proving(world.own, thief.device, { twist }))).toBe('passkey.refused')
    expect(await outcomeOf(proving(world.own, thief.device, { purpose: 'second-step', twist }))).toBe('passkey.refused')
    // As a second step their own is no better: it is looked for among the passkeys of whoever has given the password.
    const find = (personId: string) =>
      withOrganization(world.own, (tx) => findPasskey(tx, thief.passkey.credentialId, personId))
    expect(await find(victim.ref.personId)).toBeNull()
    expect(await find(thief.ref.personId)).toMatchObject({ id: thief.passkey.id })
  })

  it('a counter that goes back, or stands still, is refused', async () => {
    const one = await withPasskey(world.own, { isCounting: true })
    await proving(world.own, one.device)
    await proving(world.own, one.device, { twist: { counter: 7 } })
    expect(await outcomeOf(proving(world.own, one.device, { twist: { counter: 7 } }))).toBe('passkey.refused')
    expect(await outcomeOf(proving(world.own, one.device, { twist: { counter: 3 } }))).toBe('passkey.refused')
    expect(await outcomeOf(proving(world.own, one.device, { twist: { counter: 0 } }))).toBe('passkey.refused')
    expect(await outcomeOf(proving(world.own, one.device, { twist: { counter: 8 } }))).toBe('done')
  })

  it('of uses with one counter at the same moment one counts; without a counter all do', async () => {
    const { passkey: counting } = await withPasskey(world.own, { isCounting: true })
    const { passkey: synced } = await withPasskey(world.own)
    const uses = (id: string, counter: number) =>
      Promise.all(
        Array.from({ length: 10 }, () =>
          outcomeOf(
            withOrganization(world.own, (tx) => usePasskey(tx, id, { counter, isSynced: false, isVerified: true })),
          ),
        ),
      )
    expect((await uses(counting.id, 5)).filter((code) => code === 'done')).toHaveLength(1)
    expect((await uses(synced.id, 0)).filter((code) => code === 'done')).toHaveLength(10)
  })

  it('a passkey is not known at another organization', async () => {
    const { passkey } = await withPasskey(world.own)
    expect(await withOrganization(world.mixed, (tx) => findPasskey(tx, passkey.credentialId))).toBeNull()
  })

  it('as a second step a device that asks for no PIN will do', async () => {
    const one = await withPasskey(world.own, { isVerifying: false })
    const { used } = await proving(world.own, one.device, { purpose: 'second-step' })
    expect(used.isVerified).toBe(false)
    expect(await outcomeOf(proving(world.own, one.device))).toBe('passkey.unverified')
    expect(await outcomeOf(proving(world.own, one.device, { purpose: 'proof' }))).toBe('passkey.unverified')
  })
})

describe('what a browser says', () => {
  it.each([
    '',
    'null',
    '[]',
    '{"id":"a"}',
    '{"id":"!","rawId":"!","type":"public-key","response":{}}',
    'x'.repeat(40_000),
    JSON.stringify({ id: 'A'.repeat(2000), rawId: 'A', type: 'public-key', response: {} }),
  ])('is refused where it cannot be read: %.30s', async (text) => {
    expect(await outcomeOf((async () => readRegistration(text))())).toBe('passkey.malformed')
    expect(await outcomeOf((async () => readAuthentication(text))())).toBe('passkey.malformed')
  })

  it('is refused where it is made of anything but an answer', async () => {
    const { passkey } = await withPasskey(world.own)
    const found = await withOrganization(world.own, (tx) => findPasskey(tx, passkey.credentialId))
    if (!found) throw new Error('no passkey was found')
    const bounds = boundsOf(world.own, 'second-step')
    const response = { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' }
    const answer = { id: found.credentialId, rawId: found.credentialId, type: 'public-key' as const, response }
    const challenge = { ...bounds, challenge: 'AAAA' }
    expect(await outcomeOf(verifyAuthentication(answer, challenge, found))).toBe('passkey.refused')
    const made = { ...answer, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA', transports: [] } }
    expect(await outcomeOf(verifyRegistration(made, { ...challenge, purpose: 'register' }))).toBe('passkey.refused')
  })
})
