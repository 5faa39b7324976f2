// What ties people to organizations.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { announce, type Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import type { Membership, Person, PersonRef } from './contract.ts'
import {
  deleteMembershipsOf,
  deleteNotesOf,
  readHomes,
  readOrganizationsElsewhere,
  readResidentsAt,
} from './homes-store.ts'
import { changeMembership, deleteMembership, insertMembership, readMembership } from './store.ts'

export type NewMembership = PersonRef & {
  kind: Membership['kind']
  status?: Membership['status']
  /** Who they are, for the lists here, where they live elsewhere; without it their home is asked within the hour. */
  known?: Pick<Person, 'email' | 'givenName' | 'familyName' | 'username' | 'locale' | 'status'>
}

/** Ties a person to the transaction's organization; one that is tied already stays as it is. */
export const addMembership = async (tx: Tx, by: Actor, wanted: NewMembership): Promise<Membership> => {
  const { homeId, personId, kind, status = 'active', known } = wanted
  const membership = { id: newId('mem'), organizationId: tx.organizationId, homeId, personId, kind, status }
  const added = await insertMembership(tx, membership, homeId === tx.organizationId ? null : (known ?? null))
  if (!added) return (await findMembership(tx, { homeId, personId })) ?? fail('person.unknown')
  const after = { homeId, personId, kind, ...(status === 'active' ? {} : { status }) }
  await record(tx, by, 'membership.added', { kind: 'membership', id: added.id }, { after })
  return added
}

/** What ties a person to the transaction's organization. */
export const findMembership = (tx: Tx, { homeId, personId }: PersonRef): Promise<Membership | null> =>
  readMembership(tx, homeId, personId)

/** How somebody stands at the transaction's organization: at home always as a member, unless a membership says otherwise. */
export const standing = async (tx: Tx, ref: PersonRef): Promise<Membership['status'] | 'none'> => {
  const membership = await findMembership(tx, ref)
  return membership?.status ?? (ref.homeId === tx.organizationId ? 'active' : 'none')
}

/** Whether a person may be signed in here at all: at home always, elsewhere as an active member. */
export const belongs = async (tx: Tx, ref: PersonRef): Promise<boolean> => (await standing(tx, ref)) === 'active'

// The trail of a person is found by the person's id, so that is what these records are about.
const about = ({ personId }: PersonRef) => ({ kind: 'person', id: personId })
const because = (reason: string | undefined) => (reason ? { reason } : {})

const verbOf = (before: Membership['status'], status: 'active' | 'suspended') => {
  if (status === 'suspended') return 'suspended'
  return before === 'pending' ? 'approved' : 'resumed'
}

/** Suspends or resumes a membership, or agrees to one that waits. Whoever changes it at the same moment is told so. */
export const setMembershipStatus = async (
  tx: Tx,
  by: Actor,
  membership: Membership,
  status: 'active' | 'suspended',
  reason?: string,
): Promise<void> => {
  if (membership.status === status) return
  if (!(await changeMembership(tx, membership, { status }))) return fail('person.changed_elsewhere')
  await announce(tx, 'sessions', tx.organizationId)
  const change = { before: { status: membership.status }, after: { status } }
  const action = `membership.${verbOf(membership.status, status)}` as const
  await record(tx, by, action, about(membership), { ...change, ...because(reason) })
}

/** From now on somebody belongs here as staff, or as a consumer. */
export const changeKind = async (
  tx: Tx,
  by: Actor,
  membership: Membership,
  kind: Membership['kind'],
): Promise<void> => {
  if (membership.kind === kind) return
  if (!(await changeMembership(tx, membership, { kind }))) return fail('person.changed_elsewhere')
  const change = { before: { kind: membership.kind }, after: { kind } }
  await record(tx, by, 'membership.kind_changed', about(membership), change)
}

/** Ends a membership of the transaction's organization; says whether there was one. */
export const removeMembership = async (tx: Tx, by: Actor, ref: PersonRef, reason?: string): Promise<boolean> => {
  const removed = await deleteMembership(tx, ref)
  if (!removed) return false
  await announce(tx, 'sessions', tx.organizationId)
  const { homeId, kind, status } = removed
  await record(tx, by, 'membership.removed', about(ref), { before: { homeId, kind, status }, ...because(reason) })
  return true
}

/** Other organizations that have to do with the people of this one: where its own belong, and where its members live. */
export const tiesOf = async (tx: Tx): Promise<{ elsewhere: string[]; homes: string[] }> => ({
  elsewhere: await readOrganizationsElsewhere(tx),
  homes: await readHomes(tx),
})

/** Who lives here and belongs, or has belonged, to another organization. */
export const residentsAt = (tx: Tx, organizationId: string): Promise<{ id: string; email: string }[]> =>
  readResidentsAt(tx, organizationId)

/** An organization is gone: nobody who lives here belongs there any more. */
export const forgetOrganization = (tx: Tx, organizationId: string): Promise<void> => deleteNotesOf(tx, organizationId)

/** A home is gone: nobody of it belongs here any more. One record tells of all of them. */
export const removeMembershipsOf = async (tx: Tx, by: Actor, homeId: string): Promise<void> => {
  const count = await deleteMembershipsOf(tx, homeId)
  if (count === 0) return
  await announce(tx, 'sessions', tx.organizationId)
  await record(tx, by, 'membership.all_removed', { kind: 'organization', id: homeId }, { count })
}
