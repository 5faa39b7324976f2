// Suspending and resuming people, ending their sessions, and answering those who wait to be let in.

import { requireOtherOwner, requireOver } from '#core/access'
import type { Actor } from '#core/authority/contract'
import {
  endSessions as endSessionsEverywhere,
  findMembership,
  keepKnown,
  setMembershipStatus,
  setStatus,
  spread,
} from '#core/people'
import { endAllOf } from '#core/sessions'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { reasonText } from './contract.ts'
import { toPerson, write } from './mail.ts'
import { read } from './reading.ts'
import { findTarget, requireOverElsewhere, requireSomebodyElse, type Target, traitsOf } from './target.ts'

type Why = { reason?: string | undefined }

const reasonOf = ({ reason }: Why): string | undefined => (reason === undefined ? undefined : read(reasonText, reason))

/**
 * Somebody who is suspended at home can do nothing anywhere: each organization where they belong is told first, and none
 * may be left without an owner by it. When one refuses, all hear again how it is.
 */
const suspendElsewhere = async (by: Actor, target: Target): Promise<void> => {
  await requireOverElsewhere(by, target)
  const { ref, person, elsewhere } = target
  try {
    for (const id of elsewhere) {
      await withOrganization(id, async (tx) => {
        await requireOtherOwner(tx, ref)
        await keepKnown(tx, { ...person, status: 'suspended' })
      })
    }
  } catch (error) {
    await spread(ref)
    throw error
  }
}

const suspendHere = async (tx: Tx, by: Actor, { ref, person, livesHere }: Target, reason: string | undefined) => {
  const membership = await findMembership(tx, ref)
  if (membership?.status === 'pending') return fail('roster.waiting')
  await requireOver(tx, by, ref, traitsOf(person))
  await requireOtherOwner(tx, ref)
  if (membership) await setMembershipStatus(tx, by, membership, 'suspended', reason)
  if (livesHere) await setStatus(tx, by, ref.personId, 'suspended', reason)
  await endAllOf(tx, by, ref, { why: 'suspended' })
}

/** Suspends somebody here; who lives here is suspended everywhere. Opens units of work of its own. */
export const suspend = async (organizationId: string, by: Actor, personId: string, why: Why = {}): Promise<void> => {
  requireSomebodyElse(by, personId)
  const reason = reasonOf(why)
  const target = await findTarget(organizationId, by, 'people.suspend', personId)
  if (target.livesHere) await suspendElsewhere(by, target)
  try {
    await withOrganization(organizationId, (tx) => suspendHere(tx, by, target, reason))
  } catch (error) {
    if (target.livesHere) await spread(target.ref)
    throw error
  }
}

/** Takes a suspension back. Nothing that ended by it comes back. */
export const resume = async (organizationId: string, by: Actor, personId: string, why: Why = {}): Promise<void> => {
  requireSomebodyElse(by, personId)
  const reason = reasonOf(why)
  const target = await findTarget(organizationId, by, 'people.suspend', personId)
  const { ref, person, livesHere } = target
  await requireOverElsewhere(by, target)
  await withOrganization(organizationId, async (tx) => {
    await requireOver(tx, by, ref, traitsOf(person))
    const membership = await findMembership(tx, ref)
    if (membership?.status === 'suspended') await setMembershipStatus(tx, by, membership, 'active', reason)
    if (livesHere) await setStatus(tx, by, personId, 'active', reason)
  })
  if (livesHere) await spread(ref)
}

/** Signs somebody out: of this organization, and of every other one as well when they live here. */
export const endSessions = async (organizationId: string, by: Actor, personId: string): Promise<void> => {
  const target = await findTarget(organizationId, by, 'people.suspend', personId)
  const { ref, person, livesHere } = target
  await requireOverElsewhere(by, target)
  await withOrganization(organizationId, async (tx) => {
    await requireOver(tx, by, ref, traitsOf(person))
    if (livesHere) await endSessionsEverywhere(tx, personId)
    await endAllOf(tx, by, ref, { why: 'ended by an administrator' })
  })
}

/** Lets somebody in who has signed up and waits, and tells them. */
export const approve = async (organizationId: string, by: Actor, personId: string): Promise<void> => {
  const { ref, person } = await findTarget(organizationId, by, 'sign-up.approve', personId)
  await withOrganization(organizationId, async (tx) => {
    const membership = await findMembership(tx, ref)
    if (membership?.status !== 'pending') return fail('roster.not_waiting')
    await setMembershipStatus(tx, by, membership, 'active')
    await write(tx, 'sign-up-approved', { to: toPerson(ref), locale: person.locale })
  })
}
