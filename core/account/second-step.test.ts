// The authenticator app in My Account: tried out, named, exchanged for another, and taken away.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { acceptTotp, addPhone, factorsOf } from '#core/credentials'
import { setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { accountOf, newcomer, refusal, stale, toldTo } from '#support/account'
import { freshDatabase } from '#support/database'
import { buildWorld, codeOf, type World } from '#support/engine'
import type { AccountContext } from './contract.ts'
import { confirmTotp, removeTotp, renameTotp, startTotp, testTotp } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const withApp = async (home = world.own) => {
  const somebody = await newcomer(home)
  const { sealed, enrolment } = await startTotp(somebody.account)
  await confirmTotp(somebody.account, sealed, { code: codeOf(enrolment.secret, -1) })
  return { ...somebody, secret: enrolment.secret }
}
const accepts = ({ session: { homeId, personId } }: AccountContext, code: string) =>
  refusal(() => withOrganization(homeId, (tx) => acceptTotp(tx, personId, code)))
const app = ({ session: { homeId, personId } }: AccountContext) =>
  withOrganization(homeId, async (tx) => (await factorsOf(tx, personId)).totp)

describe('an authenticator app', () => {
  it('that is added ends what is open elsewhere, and so does one that is removed', async () => {
    const { account, ref, isOpen } = await withApp()
    const elsewhere = await accountOf(world.own, ref)
    await removeTotp(account)
    expect([await isOpen(), await elsewhere.isOpen()]).toEqual([true, false])
    expect(await toldTo(ref)).toEqual(['second-step-added', 'second-step-removed'])
    expect(await refusal(() => removeTotp(account))).toBe('account.factor_unknown')
  })

  it('is tried out without changing anything, its code being used up', async () => {
    const { account, secret, ref } = await withApp()
    const elsewhere = await accountOf(world.own, ref)
    expect(await refusal(() => testTotp(stale(account), { code: codeOf(secret) }))).toBeNull()
    expect(await refusal(() => testTotp(account, { code: codeOf(secret) }))).toBe('login.code_used code')
    expect(await refusal(() => testTotp(account, { code: '000000' }))).toBe('login.wrong_code code')
    expect(await elsewhere.isOpen()).toBe(true)
    expect(await toldTo(ref)).toEqual(['second-step-added'])
  })

  it('is not guessed by trying it out', async () => {
    const { account, secret } = await withApp()
    for (let guess = 0; guess < 9; guess += 1) await refusal(() => testTotp(account, { code: '000000' }))
    expect(await refusal(() => testTotp(account, { code: codeOf(secret) }))).toBe('login.too_many_tries')
  })

  it('has a name, or none', async () => {
    const { account } = await withApp()
    await renameTotp(account, { name: ' Work  phone ' })
    expect(await app(account)).toMatchObject({ name: 'Work phone' })
    expect(await refusal(() => renameTotp(account, { name: 'x'.repeat(61) }))).toBe('factor.name_invalid name')
    await renameTotp(account, { name: '' })
    expect(await app(account)).toMatchObject({ name: null })
    const { account: without } = await newcomer(world.own)
    expect(await refusal(() => renameTotp(without, { name: 'x' }))).toBe('account.factor_unknown')
  })

  it('goes when another one in its place has shown its first code, and not before', async () => {
    const { account, secret, ref } = await withApp()
    const { sealed, enrolment } = await startTotp(account, { isInstead: true })
    expect(enrolment.secret).not.toBe(secret)
    expect(await refusal(() => confirmTotp(account, sealed, { code: '000000' }))).toBe('login.wrong_code code')
    expect(await accepts(account, codeOf(secret))).toBeNull()
    expect(await refusal(() => confirmTotp(stale(account), sealed, { code: codeOf(enrolment.secret) }))).toBe(
      'account.proof_needed',
    )
    await confirmTotp(account, sealed, { code: codeOf(enrolment.secret) })
    expect(await accepts(account, codeOf(secret, 1))).toBe('login.wrong_code code')
    expect(await accepts(account, codeOf(enrolment.secret, 1))).toBeNull()
    expect(await toldTo(ref)).toEqual(['second-step-added', 'second-step-added'])
  })

  it('may go where a second step is required, as long as there is another one', async () => {
    const { account, ref } = await withApp(world.strict)
    expect(await refusal(() => removeTotp(account))).toBe('second_step.required')
    await withOrganization(world.strict, (tx) => addPhone(tx, account.by, ref.personId, '+41795559999'))
    expect(await refusal(() => removeTotp(account))).toBeNull()
  })
})
