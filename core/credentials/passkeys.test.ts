import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { minutes } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { authenticator } from '#support/authenticator'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { outcomeOf, proving, registering, rpId, withPasskey } from '#support/passkeys'
import { member, trailOf } from '#support/staff'
import { mostPasskeys } from './contract.ts'
import {
  acceptedCredentials,
  addPasskey,
  authenticationOptions,
  countPasskeysByRpId,
  findPasskey,
  passkeysOf,
  removePasskey,
  renamePasskey,
  rpIdOf,
  userHandleOf,
} from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

describe('a passkey', () => {
  it.each([-7, -8, -257] as const)('is made and proven with the algorithm %i', async (algorithm) => {
    const one = await withPasskey(world.own, { algorithm })
    const { found } = await proving(world.own, one.device)
    expect(found).toMatchObject({ personId: one.ref.personId, homeId: world.own, id: one.passkey.id })
    const [kept] = await withOrganization(world.own, (tx) => passkeysOf(tx, one.ref.personId))
    expect(kept?.lastUsedAt).toBeInstanceOf(Date)
  })

  it('is called after what keeps it, until its person calls it something else', async () => {
    const { ref, passkey } = await withPasskey(world.own, { aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d' })
    expect(passkey).toMatchObject({
      name: '1Password',
      authenticator: '1Password',
      isSynced: true,
      deviceType: 'multi',
    })
    const rename = (name: string | null) =>
      withOrganization(world.own, (tx) => renamePasskey(tx, by, ref.personId, passkey.id, name))
    const names = async () => (await withOrganization(world.own, (tx) => passkeysOf(tx, ref.personId)))[0]?.name
    expect([await rename('  Work   phone '), await names()]).toEqual([true, 'Work phone'])
    expect([await rename(''), await names()]).toEqual([true, '1Password'])
    expect(await outcomeOf(rename('x'.repeat(61)))).toBe('factor.name_invalid')
    expect(await outcomeOf(rename('a\u202eb'))).toBe('factor.name_invalid')
  })

  it('of an authenticator that nobody has heard of has no name', async () => {
    const { passkey } = await withPasskey(world.own, { isCounting: true })
    expect(passkey).toMatchObject({
      name: null,
      authenticator: null,
      aaguid: null,
      deviceType: 'single',
      isSynced: false,
    })
    expect(passkey.transports).toEqual(['usb', 'nfc'])
  })

  it('is renamed and removed by nobody but its person', async () => {
    const { passkey, ref } = await withPasskey(world.own)
    const { ref: eve } = await member({ home: world.own })
    await withOrganization(world.own, async (tx) => {
      expect(await renamePasskey(tx, by, eve.personId, passkey.id, 'Mine')).toBe(false)
      expect(await removePasskey(tx, by, eve.personId, passkey.id)).toBeNull()
      expect(await removePasskey(tx, by, ref.personId, passkey.id)).toMatchObject({ id: passkey.id })
      expect(await findPasskey(tx, passkey.credentialId)).toBeNull()
    })
    const trail = await trailOf(world.own, ref.personId)
    expect(trail.map(({ action }) => action)).toEqual(expect.arrayContaining(['passkey.added', 'passkey.removed']))
  })

  it('is made once: the same credential is refused a second time, whoever brings it', async () => {
    const { ref } = await member({ home: world.own })
    const { ref: eve } = await member({ home: world.own })
    const verified = await registering(authenticator(), ref)
    const add = (personId: string) => withOrganization(world.own, (tx) => addPasskey(tx, by, personId, verified))
    expect([await outcomeOf(add(ref.personId)), await outcomeOf(add(eve.personId))]).toEqual(['done', 'passkey.exists'])
  })

  it('is one of twenty at most, also when several are added at the same moment', async () => {
    const { ref } = await member({ home: world.own })
    const made = await Promise.all(Array.from({ length: mostPasskeys + 3 }, () => registering(authenticator(), ref)))
    const added = await Promise.all(
      made.map((one) => outcomeOf(withOrganization(world.own, (tx) => addPasskey(tx, by, ref.personId, one)))),
    )
    expect(added.filter((code) => code === 'done')).toHaveLength(mostPasskeys)
    expect(added.filter((code) => code === 'passkey.too_many')).toHaveLength(3)
  })

  it('is not made a second time by a device that has one', async () => {
    const { ref, device } = await withPasskey(world.own)
    await expect(registering(device, ref)).rejects.toThrow('test.excluded')
  })

  it('is counted by the host that it is bound to', async () => {
    const { ref } = await member({ home: world.closed })
    const elsewhere = { rpId: 'id.quiet.example', origin: 'https://id.quiet.example' }
    for (const more of [elsewhere, elsewhere, {}]) {
      const verified = await registering(authenticator(), ref, {}, more)
      await withOrganization(world.closed, (tx) => addPasskey(tx, by, ref.personId, verified))
    }
    expect(await withOrganization(world.closed, countPasskeysByRpId)).toEqual([
      { rpId: 'id.quiet.example', passkeys: 2, people: 1 },
      { rpId, passkeys: 1, people: 1 },
    ])
  })

  it('tells an authenticator nothing of its person but the name that it shows', () => {
    const ref = { homeId: world.own, personId: 'per_1' }
    const handle = userHandleOf(ref)
    expect(handle).toMatch(/^[\w-]{43}$/)
    expect(userHandleOf(ref)).toBe(handle)
    expect(userHandleOf({ ...ref, homeId: world.mixed })).not.toBe(handle)
  })

  it('is asked for in the same way whoever may come', () => {
    const wish = { challenge: 'AAAA', rpId, purpose: 'sign-in' } as const
    expect(authenticationOptions(wish)).toEqual({
      challenge: 'AAAA',
      rpId,
      timeout: minutes(5),
      allowCredentials: [],
      userVerification: 'required',
    })
  })

  it('of another host is not offered where it could not be used', async () => {
    const { passkey } = await withPasskey(world.own)
    const options = authenticationOptions({
      challenge: 'AAAA',
      rpId: 'other.example',
      purpose: 'second-step',
      allow: [passkey, { ...passkey, rpId: 'other.example', credentialId: 'BBBB' }],
    })
    expect(options.allowCredentials).toEqual([{ id: 'BBBB', type: 'public-key', transports: passkey.transports }])
    expect(options.userVerification).toBe('preferred')
  })

  it('that is gone is not among those that an authenticator is told to keep', async () => {
    const { ref, passkey } = await withPasskey(world.own)
    const other = { ...passkey, rpId: 'other.example', credentialId: 'BBBB' }
    expect(acceptedCredentials(ref, rpId, [passkey, other])).toEqual({
      rpId,
      userId: userHandleOf(ref),
      allAcceptedCredentialIds: [passkey.credentialId],
    })
  })

  it.each([
    ['https://login.alpine.example:8443', 'login.alpine.example'],
    ['http://localhost:3000', 'localhost'],
    ['http://alpine.localhost:3000', 'alpine.localhost'],
    ['http://login.alpine.example', null],
    ['https://192.0.2.1', null],
    ['https://[2001:db8::1]', null],
  ])('at %s is bound to %s', (at, host) => expect(rpIdOf(at)).toBe(host))
})
