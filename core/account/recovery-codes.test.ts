import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { recoveryCodesLeft, useRecoveryCode } from '#core/credentials'
import { keepNote } from '#core/notes'
import { minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { accountOf, newcomer, refusal, stale, toldTo } from '#support/account'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { trailOf } from '#support/staff'
import type { AccountContext } from './contract.ts'
import { makeRecoveryCodes, putRecoveryCodesAway, shownRecoveryCodes } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const made = async (account: AccountContext): Promise<string[]> =>
  (await shownRecoveryCodes(account, await makeRecoveryCodes(account)))?.codes ?? []

describe('recovery codes', () => {
  it('are made ten at a time, told, and end what is open elsewhere', async () => {
    const { account, ref, isOpen } = await newcomer(world.own)
    const elsewhere = await accountOf(world.own, ref)
    const codes = await made(account)
    expect(new Set(codes).size).toBe(10)
    expect([await isOpen(), await elsewhere.isOpen()]).toEqual([true, false])
    expect(await toldTo(ref)).toEqual(['recovery-codes-made'])
    await withOrganization(world.own, (tx) => useRecoveryCode(tx, account.by, ref.personId, codes[0] ?? ''))
    expect(await withOrganization(world.own, (tx) => recoveryCodesLeft(tx, ref.personId))).toBe(9)
    expect(JSON.stringify(await trailOf(world.own, ref.personId))).not.toContain(codes[1])
  })

  it('that are new take the place of all that there were', async () => {
    const { account, ref } = await newcomer(world.own)
    const [old = ''] = await made(account)
    await makeRecoveryCodes(account)
    const use = () => withOrganization(world.own, (tx) => useRecoveryCode(tx, account.by, ref.personId, old))
    expect(await refusal(use)).toBe('recovery_code.wrong code')
  })

  it('are made by nobody whose proof is a while ago', async () => {
    const { account, ref } = await newcomer(world.own)
    expect(await refusal(() => makeRecoveryCodes(stale(account)))).toBe('account.proof_needed')
    expect(await withOrganization(world.own, (tx) => recoveryCodesLeft(tx, ref.personId))).toBe(0)
  })

  it('are shown in the session that made them, for ten minutes, until they are put away', async () => {
    const { account, ref } = await newcomer(world.own)
    const id = await makeRecoveryCodes(account)
    const other = await accountOf(world.own, ref)
    const eve = await newcomer(world.own)
    for (const foreign of [other.account, eve.account]) {
      expect(await shownRecoveryCodes(foreign, id)).toBeNull()
      await putRecoveryCodesAway(foreign, id)
    }
    expect((await shownRecoveryCodes(account, id))?.codes).toHaveLength(10)
    setClockForTests(minutes(10))
    expect(await shownRecoveryCodes(account, id)).toBeNull()
    setClockForTests(0)
    await putRecoveryCodesAway(account, id)
    expect(await shownRecoveryCodes(account, id)).toBeNull()
  })

  it('are nothing else that a page has left for its person', async () => {
    const { account, ref } = await newcomer(world.own)
    const note = JSON.stringify({ details: ['x'], codes: ['x'], session: account.session.id })
    const id = await withOrganization(world.own, (tx) => keepNote(tx, ref.personId, note))
    expect(await shownRecoveryCodes(account, id)).toBeNull()
  })
})
