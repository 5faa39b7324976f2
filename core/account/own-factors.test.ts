import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { withOrganization } from '#platform/database'
import { newcomer, refusal } from '#support/account'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { giveFactors } from '#support/factors'
import { nameOwnApp, nameOwnPasskey, ownFactors } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

const program: Actor = { ...systemActor, kind: 'service', homeId: 'org_x', personId: 'sva_x' }

describe('one’s own factors', () => {
  it('are told to their person, and to nobody else', async () => {
    const [ada, eve] = [await newcomer(world.own), await newcomer(world.own)]
    await withOrganization(world.own, (tx) => giveFactors(tx, ada.ref.personId))
    expect(await ownFactors(ada.account.by)).toMatchObject({
      password: { changedAt: expect.any(Date) },
      passkeys: [{ personId: ada.ref.personId }],
      phones: [{ number: '+41795550142' }],
      recoveryCodesLeft: 10,
    })
    expect(await ownFactors(eve.account.by)).toMatchObject({ passkeys: [], phones: [], recoveryCodesLeft: 0 })
  })

  it('are named by their person alone', async () => {
    const [ada, eve] = [await newcomer(world.own), await newcomer(world.own)]
    const { passkey } = await withOrganization(world.own, (tx) => giveFactors(tx, ada.ref.personId))
    expect(await refusal(() => nameOwnPasskey(eve.account.by, passkey.id, 'Mine'))).toBe('account.factor_unknown')
    await nameOwnPasskey(ada.account.by, passkey.id, 'Mine')
    expect((await ownFactors(ada.account.by)).passkeys[0]).toMatchObject({ name: 'Mine' })
  })

  it('are none of a program', async () => {
    for (const act of [ownFactors, (by: Actor) => nameOwnPasskey(by, 'x', null), (by: Actor) => nameOwnApp(by, null)]) {
      expect(await refusal(async () => act(program))).toBe('account.not_a_person')
    }
  })
})
