import { addTotp, enrolmentOf, newTotpSecret, removeTotp as removeApp, totpOf } from '#core/credentials'
import type { Enrolment } from '#core/credentials/contract'
import { directory } from '#core/organizations'
import { noticeWithWayOut } from '#core/outbox'
import { find } from '#core/people'
import type { Answer } from '#core/people/contract'
import { minutes, now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { seal, unseal } from '#platform/secrets'
import { readCode } from './answers.ts'
import type { AccountContext, StartedEnrolment } from './contract.ts'
import { countCode, requireFresh } from './fresh.ts'

const sealedFor = 'enrolment'
const lifetimeMs = minutes(15)

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

/** Begins to set up an authenticator app, for whoever has proven themselves a moment ago. */
export const startTotp = async (ctx: AccountContext): Promise<StartedEnrolment> => {
  requireFresh(ctx.session)
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
  await countCode(ctx)
  await withOrganization(homeId, async (tx) => {
    await addTotp(tx, ctx.by, personId, under.secret, code)
    await noticeWithWayOut(tx, ctx, 'second-step-added', personId, { added: { kind: 'totp' } })
  })
}

/** Takes the second step away, for whoever has proven themselves a moment ago, and where none is required. */
export const removeTotp = async (ctx: AccountContext): Promise<void> => {
  if (organizationOf(ctx).secondFactorRequired) fail('second_step.required')
  requireFresh(ctx.session)
  const { homeId, personId } = ctx.session
  await withOrganization(homeId, async (tx) => {
    if (await removeApp(tx, ctx.by, personId)) await noticeWithWayOut(tx, ctx, 'second-step-removed', personId)
  })
}
