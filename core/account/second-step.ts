// The authenticator app of whoever is signed in: set up, tried out, called something else, exchanged for another, taken away.

import {
  addTotp,
  enrolmentOf,
  newTotpSecret,
  removeTotp as removeApp,
  testTotp as testApp,
  totpOf,
} from '#core/credentials'
import type { Enrolment } from '#core/credentials/contract'
import { directory } from '#core/organizations'
import { noticeWithWayOut } from '#core/outbox'
import { find } from '#core/people'
import type { Answer } from '#core/people/contract'
import { minutes } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { readCode, readFactorName } from './answers.ts'
import { changing, taking } from './changing.ts'
import type { AccountContext, StartedEnrolment } from './contract.ts'
import { countCode, requireFresh } from './fresh.ts'
import { nameOwnApp } from './own-factors.ts'
import { keepUnderWay, underWay } from './under-way.ts'

const kept = { sealedFor: 'enrolment', lifetimeMs: minutes(15) }

/** `isInstead`: of the app that there is, which goes once this one has shown its first code. */
type UnderWay = { secret: string; isInstead: boolean }

const organizationOf = (ctx: AccountContext) => directory().byId(ctx.organizationId) ?? fail('organizations.not_found')

const personOf = ({ session }: AccountContext) =>
  withOrganization(session.homeId, async (tx) => ({
    person: (await find(tx, session.personId)) ?? fail('person.unknown'),
    totp: await totpOf(tx, session.personId),
  }))

const shown = async (ctx: AccountContext, secret: string): Promise<Enrolment> => {
  const { person } = await personOf(ctx)
  return enrolmentOf(secret, organizationOf(ctx).name, person.email)
}

/** Begins to set up an authenticator app, or another one instead, for whoever has proven themselves a moment ago. */
export const startTotp = async (ctx: AccountContext, { isInstead = false } = {}): Promise<StartedEnrolment> => {
  requireFresh(ctx.session)
  const { totp } = await personOf(ctx)
  if (totp && !isInstead) return fail('second_step.exists')
  const secret = newTotpSecret()
  const what: UnderWay = { secret, isInstead: totp !== null }
  return { sealed: keepUnderWay(ctx, kept, what), enrolment: await shown(ctx, secret) }
}

/** The enrolment that this browser has under way, in this session. */
export const enrolmentUnderWay = async (ctx: AccountContext, sealed: string | null): Promise<Enrolment | null> => {
  const under = underWay<UnderWay>(ctx, kept, sealed)
  return under && shown(ctx, under.secret)
}

/** Ends the setting up with the first code that the app shows. The app that it stands in for goes with that, and not before. */
export const confirmTotp = async (ctx: AccountContext, sealed: string | null, answer: Answer): Promise<void> => {
  const { secret, isInstead } = underWay<UnderWay>(ctx, kept, sealed) ?? fail('second_step.expired')
  const code = readCode(answer)
  requireFresh(ctx.session)
  await countCode(ctx)
  const { personId } = ctx.session
  await changing(ctx, 'second step added', async (tx) => {
    if (isInstead) await removeApp(tx, ctx.by, personId, 'another app instead')
    await addTotp(tx, ctx.by, personId, secret, code)
    await noticeWithWayOut(tx, ctx, 'second-step-added', ctx.session.personId, { added: { kind: 'totp' } })
  })
}

/** Whether the app shows the right codes. The code is used up, and nothing else is changed. */
export const testTotp = async (ctx: AccountContext, answer: Answer): Promise<void> => {
  const code = readCode(answer)
  await countCode(ctx)
  const { homeId, personId } = ctx.session
  await withOrganization(homeId, (tx) => testApp(tx, personId, code))
}

/** Calls the app something else; without a name it is called what every app is. */
export const renameTotp = async ({ by }: AccountContext, answer: Answer): Promise<void> =>
  nameOwnApp(by, readFactorName(answer))

/** Takes the app away, unless it is the last second step where one is required. */
export const removeTotp = async (ctx: AccountContext): Promise<void> => {
  requireFresh(ctx.session)
  await taking(ctx, 'second step removed', async (tx) => {
    if (!(await removeApp(tx, ctx.by, ctx.session.personId))) fail('account.factor_unknown')
    await noticeWithWayOut(tx, ctx, 'second-step-removed', ctx.session.personId)
  })
}
