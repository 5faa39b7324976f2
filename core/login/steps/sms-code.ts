// A code in a text message: as a second proof it goes to a phone that was set up for it; as the first, to a number that is proven
// to be somebody's, and that they have typed.

import { z } from 'zod'
import { markPhoneUsed, maskedPhone } from '#core/credentials'
import { failureOf } from '#core/people'
import { isServed, sendCode, takeSmsLimits } from '#core/sms'
import { issue } from '#core/tickets'
import { settings } from '#platform/env'
import { isFailure } from '#platform/failure'
import { keyedHash } from '#platform/secrets'
import type { AttemptFailure } from '../contract.ts'
import { codeMs } from '../links.ts'
import type { Run, Step } from '../step.ts'
import { type Known, whom } from '../whom.ts'
import { whoseCode } from './code.ts'
import { sentCode, type Target } from './sent-code.ts'

const purpose = 'sign-in-sms'

/** The phone that was used last, or else the first one. */
const phoneOf = async ({ standing }: Run) => {
  const phones = (await standing())?.factors.phones ?? []
  return [...phones].sort((a, b) => Number(b.lastUsedAt ?? 0) - Number(a.lastUsedAt ?? 0))[0] ?? null
}

/** Somebody's own number, where codes go there at all: that they do not is nobody else's business. */
const provenNumber = (known: Known | null): string | null => {
  const { phone = null, phoneVerifiedAt = null } = known?.person ?? {}
  return phone !== null && phoneVerifiedAt !== null && isServed(phone, settings().smsCountries) ? phone : null
}

const target = async (run: Run): Promise<Target> => {
  const { ctx, inner } = run
  if (inner.proven) {
    const number = (await phoneOf(run))?.number ?? null
    const { homeId, personId } = inner.proven
    const whose = { who: number === null ? null : { homeId, personId }, key: whoseCode(inner.proven) }
    return { ...whose, number, shown: number === null ? '' : maskedPhone(number) }
  }
  const { named = { kind: 'phone', key: '' } } = inner
  const known = await whom(ctx.organizationId, named)
  // Whoever is known by another name has typed no number, and is told of none: which one it is would be telling.
  const number = named.kind === 'phone' ? named.key : provenNumber(known)
  const who = known && number !== null ? { homeId: known.person.homeId, personId: known.person.id } : null
  return { who, key: named.key, number, shown: named.kind === 'phone' ? maskedPhone(named.key) : '' }
}

const bound = async ({ ctx }: Run, { who, key, number = null }: Target): Promise<AttemptFailure | null> => {
  const subject = who ? whoseCode(who) : `unknown/${keyedHash('sms subject', key).toString('base64url')}`
  try {
    await takeSmsLimits({ organizationId: ctx.organizationId, subject, number })
    return null
  } catch (error) {
    const failure = failureOf(error)
    const retryAt = isFailure(error) && typeof error.data?.retryAt === 'string' ? { retryAt: error.data.retryAt } : {}
    return { ...failure, ...retryAt }
  }
}

export const smsCode: Step = {
  id: 'sms-code',
  label: 'step.sms-code',
  purposes: ['sign-in'],
  needs: 'name',
  proves: 'sms-code',
  settings: z.strictObject({
    /** The page asks who somebody is as well. */
    withIdentifier: z.boolean().optional(),
  }),
  page: '/sign-in',
  ...sentCode({
    kind: 'sms-code',
    purpose,
    target,
    bound,
    send: async (tx, { ctx }, attemptId, { who, number = null }) => {
      const ticket = await issue(tx, {
        purpose,
        subject: attemptId,
        attemptId,
        data: who ? { homeId: who.homeId, personId: who.personId } : {},
        lifetimeMs: codeMs,
        supersede: true,
      })
      await sendCode(tx, ctx, 'sign-in-code', { number, ...ticket }, { isDecoy: who === null })
    },
    used: async (tx, run) => {
      const phone = run.inner.proven ? await phoneOf(run) : null
      if (phone && run.inner.proven) await markPhoneUsed(tx, run.inner.proven.personId, phone.id)
    },
  }),
}
