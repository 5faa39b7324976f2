// The second half of a start: from the proven address to the organization, or to somebody's desk where a person has to agree.

import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { ask, found, openBusinessInvitation, spendBusinessInvitation } from '#core/onboarding'
import type { BusinessInvitation } from '#core/onboarding/contract'
import { addressOf, canonicalAddressOf, readAgain } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { failureOf } from '#core/people'
import { asOrganization, withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { type Attempt, finish, held, move, refuse, type Starting } from './attempts.ts'
import { tryStart } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome } from './contract.ts'
import { goOnWith } from './engine.ts'
import { journeyAt } from './journey.ts'
import { organizationOf, provenBy } from './proven.ts'

export const startPage = '/start'

export const startingOf = (attempt: Attempt): Starting => attempt.state.inner.starting ?? fail('login.expired')

/** Whether what was begun may still be ended: what is closed by now lets nobody in who knocked before. */
export const isStartOpen = (ctx: LoginContext, attempt: Attempt): boolean => {
  const mode = organizationOf(ctx).businessSignUp
  return mode === 'open' || mode === 'approval' || (mode === 'invitation' && startingOf(attempt).invitation !== null)
}

export const invitationBehind = async (ctx: LoginContext, link: string | null): Promise<BusinessInvitation | null> =>
  link === null ? null : openBusinessInvitation(ctx.organizationId, link)

/** The record says who it was; what is decided here is decided by the organization that lets businesses in. */
const asFounder = (ctx: LoginContext): Actor => ({ ...ctx.by, kind: 'system', grants: systemActor.grants })

/** All of it or nothing: the organization, its owner, the end of the attempt and of the link that led here. */
const foundNow = (ctx: LoginContext, attempt: Attempt, isInvited: boolean) =>
  withPlatform(async (tx) => {
    const { business, invitation } = startingOf(attempt)
    const { organizationId: parentId } = ctx
    const made = await found(tx, { parentId, business, creator: asFounder(ctx), by: asFounder(ctx), mail: 'welcome' })
    const { id, name, handle } = made.organization
    const values = { organization_id: id, name, handle, email: business.email }
    await asOrganization(tx, parentId, async (own) => {
      if (isInvited && invitation !== null) await spendBusinessInvitation(own, invitation)
      if (!(await move(own, attempt, 'done', { values, inner: {} }))) fail('login.expired')
    })
    return made
  })

const originAt = (organization: Organization, address: LoginContext['address']): string =>
  addressOf(organization, address).origin

/** Signed in at the new address, where it is of the same origin; elsewhere no cookie of ours would arrive, and a page leads there. */
const enter = async (
  ctx: LoginContext,
  { organization, person }: Awaited<ReturnType<typeof foundNow>>,
): Promise<Outcome> => {
  await readAgain(organization.id)
  const address = canonicalAddressOf(organization)
  const isSameOrigin = originAt(organizationOf(ctx), ctx.address) === originAt(organization, address)
  if (!isSameOrigin) return { next: startPage, link: null }
  const there = { ...ctx, organizationId: organization.id, address }
  const journey = await journeyAt(there, 'sign-up', 'verify-email', null)
  const proofs = [{ kind: 'mailbox' }, { kind: 'password' }] as const
  const entered = await goOnWith(journey, { proven: provenBy(person), proofs: [...proofs] })
  return { ...entered, link: null, at: organization.id, notice: 'organization_started' }
}

/** Somebody has to agree first; whoever asks waits. */
const wait = (ctx: LoginContext, attempt: Attempt): Promise<Outcome> =>
  withOrganization(ctx.organizationId, async (tx) => {
    const { business } = startingOf(attempt)
    await ask(tx, ctx.by, business)
    const { name, handle, email } = business
    if (!(await move(tx, attempt, 'done', { values: { name, handle, email }, inner: {} }))) fail('login.expired')
    return { next: startPage, link: null }
  })

/** Nothing can come of it any more: its page says why. */
const giveUp = async (ctx: LoginContext, attempt: Attempt): Promise<Outcome> => {
  await withOrganization(ctx.organizationId, (tx) => finish(tx, attempt))
  return { next: startPage, attempt: null }
}

/**
 * From the proof to the organization. A name that was taken in the meantime is told kindly, and everything else stays; sent
 * twice at the same moment, it is done once.
 */
export const completeStart = async (ctx: LoginContext, secret: string | null, attempt: Attempt): Promise<Outcome> => {
  const refused = (failure: AttemptFailure) =>
    refuse(ctx, attempt, { kind: 'start', next: startPage, values: {}, failure })
  const { invitation } = startingOf(attempt)
  const mode = organizationOf(ctx).businessSignUp
  const isInvited = (await invitationBehind(ctx, invitation))?.state === 'valid'
  if (mode === 'closed' || (mode === 'invitation' && !isInvited)) return giveUp(ctx, attempt)
  const bound = await tryStart(ctx)
  if (bound) return refused(bound)
  try {
    if (mode === 'approval' && !isInvited) return await wait(ctx, attempt)
    return await enter(ctx, await foundNow(ctx, attempt, isInvited))
  } catch (error) {
    const failure = failureOf(error)
    const later = await held(ctx, secret, 'start')
    return later?.step === 'done' ? { next: startPage, link: null } : refused(failure)
  }
}
