// Phones that codes are sent to: added by a code that reached one, and taken away.

import { addPhone, maskedPhone, phonesOf, removePhone as remove } from '#core/credentials'
import { mostPhones, type Phone } from '#core/credentials/contract'
import { takeAll } from '#core/limits'
import { noticeWithWayOut } from '#core/outbox'
import { phoneNumber } from '#core/people'
import type { Answer } from '#core/people/contract'
import { sendCode, takeSmsLimits } from '#core/sms'
import { consumeCode, issue } from '#core/tickets'
import { minutes, now, seconds } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { readCode, readFactor, readPhone } from './answers.ts'
import { changing, taking } from './changing.ts'
import type { AccountContext, PhoneUnderWay } from './contract.ts'
import { countCode, requireFresh } from './fresh.ts'
import { keepUnderWay, underWay } from './under-way.ts'

const purpose = 'add-phone'
const kept = { sealedFor: 'phone under way', lifetimeMs: minutes(10) }
const resendMs = seconds(30)

/** The same number is not written to over and over. */
const waitABit = async ({ session }: AccountContext, number: string): Promise<void> => {
  const subject = `${session.homeId}/${session.personId} ${number}`
  const exceeded = await takeAll([{ name: 'phone under way', subject, max: 1, windowMs: resendMs }])
  if (exceeded) fail('login.resend_too_soon', undefined, { retryAt: exceeded.resetsAt.toISOString() })
}

/** A newer code takes the place of any older one of this person. */
const send = async (ctx: AccountContext, number: string): Promise<string> => {
  const { id, homeId, personId } = ctx.session
  const subject = `${homeId}/${personId}`
  await waitABit(ctx, number)
  await takeSmsLimits({ organizationId: ctx.organizationId, subject, number })
  await withOrganization(homeId, async (tx) => {
    const ticket = await issue(tx, {
      purpose,
      subject,
      attemptId: id,
      data: { number },
      lifetimeMs: kept.lifetimeMs,
      supersede: true,
    })
    await sendCode(tx, ctx, 'verify-phone', { number, code: ticket.code, expiresAt: ticket.expiresAt })
  })
  const resendAt = new Date(now().getTime() + resendMs).toISOString()
  return keepUnderWay(ctx, kept, { number, resendAt })
}

/** Begins to add a phone: a code goes there, which counts in this session. Answers what the browser keeps. */
export const startPhone = async (ctx: AccountContext, answer: Answer): Promise<string> => {
  const number = phoneNumber(readPhone(answer)) ?? fail('phone.invalid', 'phone')
  requireFresh(ctx.session)
  const { homeId, personId } = ctx.session
  const phones = await withOrganization(homeId, (tx) => phonesOf(tx, personId))
  if (phones.some((phone) => phone.number === number)) return fail('phone_factor.exists', 'phone')
  if (phones.length >= mostPhones) return fail('phone_factor.too_many', 'phone')
  return send(ctx, number)
}

/** The phone that this browser is about to add, in this session. */
export const phoneUnderWay = (ctx: AccountContext, sealed: string | null): PhoneUnderWay | null =>
  underWay<PhoneUnderWay>(ctx, kept, sealed)

const numberUnderWay = (ctx: AccountContext, sealed: string | null): string =>
  phoneUnderWay(ctx, sealed)?.number ?? fail('account.under_way_expired')

/** Sends another code to the same number; the one before is worth nothing from then on. */
export const resendPhoneCode = async (ctx: AccountContext, sealed: string | null): Promise<string> => {
  requireFresh(ctx.session)
  return send(ctx, numberUnderWay(ctx, sealed))
}

/** Adds the phone that has shown its code. Which number that is was settled when the code was sent. */
export const confirmPhone = async (ctx: AccountContext, sealed: string | null, answer: Answer): Promise<Phone> => {
  const expected = numberUnderWay(ctx, sealed)
  const code = readCode(answer)
  requireFresh(ctx.session)
  await countCode(ctx)
  const { id, homeId, personId } = ctx.session
  // The try is spent whatever follows, so it is committed before anything else is.
  const result = await withOrganization(homeId, (tx) => consumeCode(tx, purpose, id, code.replace(/[\s-]/g, '')))
  if (result.state === 'wrong') return fail('ticket.wrong_code', 'code', { triesLeft: result.triesLeft })
  if (result.state === 'expired' || result.ticket.data.number !== expected) return fail('account.under_way_expired')
  return changing(ctx, 'phone added', async (tx) => {
    const phone = await addPhone(tx, ctx.by, personId, expected)
    await noticeWithWayOut(tx, ctx, 'phone-added', ctx.session.personId, {
      named: maskedPhone(phone.number),
      added: { kind: 'phone', id: phone.id },
    })
    return phone
  })
}

/** Takes a phone away, unless it is the last second step where one is required. */
export const removePhone = (ctx: AccountContext, answer: Answer): Promise<Phone> => {
  const id = readFactor(answer, 'phone')
  requireFresh(ctx.session)
  return taking(ctx, 'phone removed', async (tx) => {
    const gone = (await remove(tx, ctx.by, ctx.session.personId, id)) ?? fail('account.factor_unknown')
    await noticeWithWayOut(tx, ctx, 'phone-removed', ctx.session.personId, { named: maskedPhone(gone.number) })
    return gone
  })
}
