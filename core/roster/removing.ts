// Taking somebody out of an organization. Who lives there is deleted, wherever they belong.

import { removeFromGroups, requireOtherOwner, requireOver, takeBackAll } from '#core/access'
import { eraseAbout } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { forgetConsents } from '#core/consents'
import { forget as forgetCredentials } from '#core/credentials'
import { passwordLinkPurpose } from '#core/credentials/contract'
import { forgetDevices } from '#core/devices'
import { dropNotesOf } from '#core/notes'
import {
  everElsewhereOf,
  findMembership,
  forgetElsewhere,
  removeMembership,
  remove as removePerson,
} from '#core/people'
import type { Person } from '#core/people/contract'
import { forget as forgetRecovery } from '#core/recovery'
import { forget as forgetSessions } from '#core/sessions'
import { endAll } from '#core/tickets'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { reasonText } from './contract.ts'
import { write } from './mail.ts'
import { read } from './reading.ts'
import { findTarget, requireOverElsewhere, requireSomebodyElse, type Target, traitsOf } from './target.ts'

/** Everything that ties somebody to the transaction's organization. The last owner stays. */
export const takeOut = async (tx: Tx, by: Actor, { ref }: Pick<Target, 'ref'>, reason?: string): Promise<void> => {
  await requireOtherOwner(tx, ref)
  await takeBackAll(tx, by, { kind: 'person', homeId: ref.homeId, id: ref.personId })
  await removeFromGroups(tx, by, ref)
  await removeMembership(tx, by, ref, reason)
  await forgetSessions(tx, ref)
  await forgetDevices(tx, ref)
  await forgetConsents(tx, ref)
  await dropNotesOf(tx, ref.personId)
}

type Erasing = { reason: string | undefined; first?: (tx: Tx) => Promise<void> }

/** What a trail tells of somebody; that they were removed stays, and names nobody. */
const forgetTold = (tx: Tx, by: Actor, { id, email }: Person): Promise<void> =>
  eraseAbout(tx, by, { kind: 'person', id }, [{ id, email }])

/**
 * Organization by organization, and their home last: interrupted, it can be done again. Also where they belonged once, the
 * trail tells nothing of them any more.
 */
const erase = async (organizationId: string, by: Actor, target: Target, { reason, first }: Erasing): Promise<void> => {
  const { ref, person, elsewhere } = target
  await requireOverElsewhere(by, target)
  const ever = await withOrganization(organizationId, (tx) => everElsewhereOf(tx, ref.personId))
  for (const id of ever) await withOrganization(id, (tx) => forgetTold(tx, by, person))
  for (const id of elsewhere) await withOrganization(id, (tx) => takeOut(tx, by, target, reason))
  await withOrganization(organizationId, async (tx) => {
    await requireOver(tx, by, ref, traitsOf(person))
    await first?.(tx)
    await forgetTold(tx, by, person)
    await takeOut(tx, by, target, reason)
    await forgetCredentials(tx, ref.personId)
    await forgetRecovery(tx, ref.personId)
    await endAll(tx, passwordLinkPurpose, `${ref.homeId}/${ref.personId}`)
    await removePerson(tx, by, person, reason)
  })
}

const leave = async (organizationId: string, by: Actor, target: Target, reason: string | undefined): Promise<void> => {
  const { ref, person } = target
  await withOrganization(organizationId, async (tx) => {
    await requireOver(tx, by, ref, traitsOf(person))
    await takeOut(tx, by, target, reason)
  })
  await withOrganization(ref.homeId, (tx) => forgetElsewhere(tx, ref.personId, organizationId))
}

/** Removes somebody from the organization; who lives here is deleted for good. Opens units of work of its own. */
export const remove = async (
  organizationId: string,
  by: Actor,
  personId: string,
  why: { reason?: string | undefined } = {},
): Promise<void> => {
  requireSomebodyElse(by, personId)
  const reason = why.reason === undefined ? undefined : read(reasonText, why.reason)
  const target = await findTarget(organizationId, by, 'people.delete', personId)
  if (!target.livesHere) return leave(organizationId, by, target, reason)
  await withOrganization(organizationId, async (tx) => {
    await requireOver(tx, by, target.ref, traitsOf(target.person))
    await requireOtherOwner(tx, target.ref)
  })
  await erase(organizationId, by, target, { reason })
}

/**
 * Turns somebody away who has signed up and waits. An account that the sign-up made here goes with it, so that the address
 * is free again. The reason stays in the trail: it is not theirs to read.
 */
export const decline = async (
  organizationId: string,
  by: Actor,
  personId: string,
  why: { reason: string },
): Promise<void> => {
  const reason = read(reasonText, why.reason)
  const target = await findTarget(organizationId, by, 'sign-up.approve', personId)
  const { ref, person, livesHere } = target
  const tell = async (tx: Tx): Promise<void> => {
    if ((await findMembership(tx, ref))?.status !== 'pending') return fail('roster.not_waiting')
    // As soon as they are gone, nobody knows their address any more.
    const to = { email: person.email, name: person.givenName }
    await write(tx, 'sign-up-declined', { to, locale: person.locale })
  }
  if (target.entry.status !== 'pending') return fail('roster.not_waiting')
  if (livesHere) return erase(organizationId, by, target, { reason, first: tell })
  await withOrganization(organizationId, async (tx) => {
    await tell(tx)
    await takeOut(tx, by, target, reason)
  })
  await withOrganization(ref.homeId, (tx) => forgetElsewhere(tx, ref.personId, organizationId))
}
