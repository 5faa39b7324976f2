import { addTotp, enrolmentOf, newTotpSecret, removeTotp as removeApp, totpOf } from '#core/credentials'
import type { Enrolment } from '#core/credentials/contract'
import { takeAll } from '#core/limits'
import { directory } from '#core/organizations'
import { noticeWithWayOut } from '#core/outbox'
import { find } from '#core/people'
import type { Answer } from '#core/people/contract'
import { minutes, now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { seal, unseal } from '#platform/secrets'
import { readCode, readCurrentPassword } from './answers.ts'
import type { AccountContext, StartedEnrolment } from './contract.ts'
import { provePassword } from './password.ts'

const sealedFor = 'enrolment'
const lifetimeMs = minutes(15)
/** Whoever signed in so recently has just proven the password. */
const freshMs = minutes(5)

type Kept = { session: string; secret: string; until: number }

const organizationOf = (ctx: AccountContext) => directory().byId(ctx.organizationId) ?? fail('organizations.not_found')

const personOf = ({ session }: AccountContext) =>
  withOrganization(session.homeId, async (tx) => ({
    person: (await find(tx, session.personId)) ?? fail('person.unknown'),
    totp: await totpOf(tx, session.personId),
  }))

const kept = (ctx: AccountContext, sealed: string | null): Kept | null => {
  if (sealed === null) return null
  try {
    const read = JSON.parse(unseal(sealedFor, Buffer.from(sealed, 'base64url'))) as Kept
    return read.session === ctx.session.id && read.until > now().getTime() ? read : null
  } catch (error) {
    if (isFailure(error, 'secrets.unreadable')) return null
    throw error
  }
}

const shown = async (ctx: AccountContext, secret: string): Promise<Enrolment> => {
  const { person } = await personOf(ctx)
  return enrolmentOf(secret, organizationOf(ctx).name, person.email)
}

/**
 * Begins to set up an authenticator app. A browser left open, or a stolen session, must not lock its owner out: unless
 * the sign-in was a moment ago, the password has to come with the answer; null asks for it.
 */
export const startTotp = async (ctx: AccountContext, answer: Answer): Promise<StartedEnrolment | null> => {
  const isFresh = now().getTime() - ctx.session.createdAt.getTime() < freshMs
  if (!isFresh && answer.current_password === undefined) return null
  if (!isFresh) await provePassword(ctx, readCurrentPassword(answer))
  const { totp } = await personOf(ctx)
  if (totp) return fail('second_step.exists')
  const secret = newTotpSecret()
  const keep: Kept = { session: ctx.session.id, secret, until: now().getTime() + lifetimeMs }
  return {
    sealed: seal(sealedFor, JSON.stringify(keep)).toString('base64url'),
    enrolment: await shown(ctx, secret),
  }
}

/** The enrolment that this browser has under way, in this session. */
export const enrolmentUnderWay = async (ctx: AccountContext, sealed: string | null): Promise<Enrolment | null> => {
  const under = kept(ctx, sealed)
  return under && shown(ctx, under.secret)
}

/** Ends the setting up with the first code that the app shows. */
export const confirmTotp = async (ctx: AccountContext, sealed: string | null, answer: Answer): Promise<void> => {
  const under = kept(ctx, sealed) ?? fail('second_step.expired')
  const code = readCode(answer)
  const { homeId, personId } = ctx.session
  const exceeded = await takeAll([
    { name: 'code account', subject: `${homeId}/${personId}`, max: 10, windowMs: minutes(60) },
  ])
  if (exceeded) fail('login.too_many_tries', undefined, { retryAt: exceeded.resetsAt.toISOString() })
  await withOrganization(homeId, async (tx) => {
    await addTotp(tx, ctx.by, personId, under.secret, code)
    await noticeWithWayOut(tx, ctx, 'second-step-added', personId, { added: { kind: 'totp' } })
  })
}

/** Takes the second step away, for who knows the password and where none is required. */
export const removeTotp = async (ctx: AccountContext, answer: Answer): Promise<void> => {
  if (organizationOf(ctx).secondFactorRequired) fail('second_step.required')
  await provePassword(ctx, readCurrentPassword(answer))
  const { homeId, personId } = ctx.session
  await withOrganization(homeId, async (tx) => {
    if (await removeApp(tx, ctx.by, personId)) await noticeWithWayOut(tx, ctx, 'second-step-removed', personId)
  })
}
