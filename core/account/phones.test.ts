// MFA-06 and BRF-02 in My Account: a code adds the number that it was sent to, in the session that asked, once, and soon.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { phonesOf } from '#core/credentials'
import { minutes, seconds, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { unseal } from '#platform/secrets'
import { accountOf, newcomer, refusal, stale, toldTo } from '#support/account'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import type { AccountContext } from './contract.ts'
import { confirmPhone, phoneUnderWay, removePhone, resendPhoneCode, startPhone } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

let count = 0
/** Every test has numbers of its own, since messages are counted by number. */
const newNumber = (): string => {
  count += 1
  return `+41795550${String(count).padStart(3, '0')}`
}

type Row = { outbox: { id: string; event: string; payload: { sealed: string } } }

/** The code of the newest message to a number. */
const codeSentTo = async (number: string): Promise<string> => {
  const rows = await withPlatform((tx) =>
    tx.sql
      .withTables<Row>()
      .selectFrom('outbox')
      .select('payload')
      .where('event', '=', 'sms.verify-phone')
      .orderBy('id', 'desc')
      .execute(),
  )
  const sent = rows.map(({ payload }) => JSON.parse(unseal('outbox', Buffer.from(payload.sealed, 'base64'))))
  return sent.find((one) => one.number === number)?.code ?? ''
}

const phones = ({ session: { homeId, personId } }: AccountContext) =>
  withOrganization(homeId, (tx) => phonesOf(tx, personId))

const started = async (account: AccountContext, number = newNumber()) => {
  const sealed = await startPhone(account, { phone: number })
  return { number, sealed, code: await codeSentTo(number) }
}
const wrongFor = (code: string): string => (code === '000000' ? '000001' : '000000')

describe('a phone', () => {
  it('is added by the code that it was sent, and removed; both are told, and end what is open elsewhere', async () => {
    const { account, ref, isOpen } = await newcomer(world.own)
    const elsewhere = await accountOf(world.own, ref)
    const { number, sealed, code } = await started(account)
    expect(phoneUnderWay(account, sealed)).toMatchObject({ number })
    expect(sealed).not.toContain(number.slice(-6))
    expect(await phones(account)).toEqual([])
    const phone = await confirmPhone(account, sealed, { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect(await phones(account)).toMatchObject([{ id: phone.id, number }])
    expect([await isOpen(), await elsewhere.isOpen()]).toEqual([true, false])
    await removePhone(account, { phone: phone.id })
    expect(await phones(account)).toEqual([])
    expect(await toldTo(ref)).toEqual(['phone-added', 'phone-removed'])
  })

  it.each([
    [{}, 'input.missing phone'],
    [{ phone: '079 555' }, 'phone.invalid phone'],
    [{ phone: '+'.repeat(60) }, 'input.too_long phone'],
    [{ phone: '+88213300655' }, 'sms.country_not_served'],
  ])('is not written to when the answer is %j', async (answer, expected) => {
    const { account } = await newcomer(world.own)
    expect(await refusal(() => startPhone(account, answer))).toBe(expected)
  })

  it('asks for a fresh proof to be written to, to be added and to be removed', async () => {
    const { account } = await newcomer(world.own)
    const { sealed, code, number } = await started(account)
    const old = stale(account)
    expect(await refusal(() => startPhone(old, { phone: newNumber() }))).toBe('account.proof_needed')
    expect(await refusal(() => resendPhoneCode(old, sealed))).toBe('account.proof_needed')
    expect(await refusal(() => confirmPhone(old, sealed, { code }))).toBe('account.proof_needed')
    const phone = await confirmPhone(account, sealed, { code })
    expect(await refusal(async () => removePhone(old, { phone: phone.id }))).toBe('account.proof_needed')
    expect(await phones(account)).toMatchObject([{ number }])
  })

  it('is not added by the code of another one', async () => {
    const { account } = await newcomer(world.own)
    const a = await started(account)
    const b = await started(account)
    // Whatever the browser kept: the code of A is over, and that of B adds nothing where A is claimed.
    expect(await refusal(() => confirmPhone(account, b.sealed, { code: a.code }))).toBe('ticket.wrong_code code')
    expect(await refusal(() => confirmPhone(account, a.sealed, { code: b.code }))).toBe('account.under_way_expired')
    expect(await phones(account)).toEqual([])
  })

  it('is not added in another session, nor by somebody else', async () => {
    const { account, ref } = await newcomer(world.own)
    const other = await accountOf(world.own, ref)
    const eve = await newcomer(world.own)
    const { sealed, code } = await started(account)
    for (const foreign of [other.account, eve.account]) {
      expect(phoneUnderWay(foreign, sealed)).toBeNull()
      expect(await refusal(() => confirmPhone(foreign, sealed, { code }))).toBe('account.under_way_expired')
    }
    const mine = await started(eve.account)
    expect(await refusal(() => confirmPhone(eve.account, mine.sealed, { code }))).toBe('ticket.wrong_code code')
    expect(await refusal(() => confirmPhone(account, sealed, { code }))).toBeNull()
  })

  it('is not added by a code of before another one was sent', async () => {
    const { account } = await newcomer(world.own)
    const first = await started(account)
    expect(await refusal(() => resendPhoneCode(account, first.sealed))).toBe('login.resend_too_soon')
    setClockForTests(seconds(31))
    const sealed = await resendPhoneCode(account, first.sealed)
    const code = await codeSentTo(first.number)
    expect(await refusal(() => confirmPhone(account, sealed, { code: first.code }))).toBe(
      first.code === code ? null : 'ticket.wrong_code code',
    )
    expect(await refusal(() => confirmPhone(account, sealed, { code }))).toBeNull()
  })

  it('is not added after ten minutes', async () => {
    const { account } = await newcomer(world.own)
    const { sealed, code } = await started(account)
    setClockForTests(minutes(10))
    const later = { ...account, session: { ...account.session, provenAt: new Date(Date.now() + minutes(10)) } }
    expect(await refusal(() => confirmPhone(later, sealed, { code }))).toBe('account.under_way_expired')
  })

  it('is not guessed: five tries, then the right code is worth nothing either', async () => {
    const { account } = await newcomer(world.own)
    const { sealed, code } = await started(account)
    const tries: (string | null)[] = []
    for (let guess = 0; guess < 5; guess += 1) {
      tries.push(await refusal(() => confirmPhone(account, sealed, { code: wrongFor(code) })))
    }
    expect(new Set(tries)).toEqual(new Set(['ticket.wrong_code code']))
    expect(await refusal(() => confirmPhone(account, sealed, { code }))).toBe('account.under_way_expired')
  })

  it('is not guessed by asking for codes over and over', async () => {
    const { account } = await newcomer(world.own)
    let checked = 0
    for (let round = 0; round < 4; round += 1) {
      const { sealed, code } = await started(account)
      for (let guess = 0; guess < 4; guess += 1) {
        const refused = await refusal(() => confirmPhone(account, sealed, { code: wrongFor(code) }))
        if (refused === 'ticket.wrong_code code') checked += 1
        else expect(refused).toBe('login.too_many_tries')
      }
    }
    expect(checked).toBe(10)
  })

  it('is written to five times an hour, however many numbers are tried', async () => {
    const { account } = await newcomer(world.own)
    for (let message = 0; message < 5; message += 1) await started(account)
    expect(await refusal(() => started(account))).toBe('sms.too_many')
  })

  it('is added by one of fifty who bring its code at the same moment', async () => {
    const { account, ref } = await newcomer(world.own)
    const { sealed, code } = await started(account)
    // The account's bound would let ten of them through at all; the code has to hold by itself.
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => refusal(() => confirmPhone(account, sealed, { code }))),
    )
    expect(outcomes.filter((one) => one === null)).toHaveLength(1)
    expect(await phones(account)).toHaveLength(1)
    expect(await toldTo(ref)).toEqual(['phone-added'])
  })

  it('is one of two at most, and nobody’s twice', async () => {
    const { account } = await newcomer(world.own)
    const first = await started(account)
    await confirmPhone(account, first.sealed, { code: first.code })
    expect(await refusal(() => startPhone(account, { phone: first.number }))).toBe('phone_factor.exists phone')
    const second = await started(account)
    await confirmPhone(account, second.sealed, { code: second.code })
    expect(await refusal(() => started(account))).toBe('phone_factor.too_many phone')
  })

  it('of somebody else is not removed', async () => {
    const ada = await newcomer(world.own)
    const eve = await newcomer(world.own)
    const { sealed, code } = await started(ada.account)
    const phone = await confirmPhone(ada.account, sealed, { code })
    for (const id of [phone.id, 'pho_x', 'pky_00000000000000000000000000']) {
      expect(await refusal(async () => removePhone(eve.account, { phone: id }))).toBe('account.factor_unknown')
    }
    expect(await phones(ada.account)).toHaveLength(1)
  })

  it('stays where it is the only second step of somebody of whom one is required', async () => {
    const { account } = await newcomer(world.strict)
    const { sealed, code } = await started(account)
    const phone = await confirmPhone(account, sealed, { code })
    expect(await refusal(async () => removePhone(account, { phone: phone.id }))).toBe('second_step.required')
  })
})
