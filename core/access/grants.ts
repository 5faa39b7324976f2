import { record } from '#core/audit'
import { requireHeld, require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { findMembership, isAnyActive } from '#core/people'
import type { PersonRef } from '#core/people/contract'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import { type NewGrant, newGrant, type Page, type RoleGrant, type Subject } from './contract.ts'
import {
  deleteGrant,
  deleteGrantsFrom,
  deleteGrantsOf,
  insertGrant,
  lockOwners,
  readAllGrants,
  readGrant,
  readGrantsOf,
  readGrantsPage,
} from './grants-store.ts'
import { read } from './reading.ts'
import { permissionsOf } from './resolve.ts'
import { deleteMembersFrom, readGroup } from './store.ts'

export const chainOf = (tx: Tx): string[] => directory().byId(tx.organizationId)?.ancestors ?? [tx.organizationId]

const targetOf = ({ kind, id }: Subject) => ({ kind: kind === 'service' ? 'service_account' : kind, id })

/**
 * Refuses to let the last owner go who can do anything: one who is suspended looks after nothing. Whoever asks at the same
 * moment waits and sees who is left.
 */
export const requireOtherOwner = async (tx: Tx, { homeId, personId }: PersonRef): Promise<void> => {
  const owners = await lockOwners(tx)
  const isMeant = (owner: PersonRef) => owner.homeId === homeId && owner.personId === personId
  if (!owners.some(isMeant)) return
  const others = owners.filter((owner) => !isMeant(owner)).map((owner) => owner.personId)
  if (!(await isAnyActive(tx, others))) fail('access.last_owner')
}

/** The same for everybody of one home at once. */
export const requireOwnerBeyond = async (tx: Tx, homeId: string): Promise<void> => {
  const owners = await lockOwners(tx)
  const others = owners.filter((owner) => owner.homeId !== homeId).map(({ personId }) => personId)
  if (others.length < owners.length && !(await isAnyActive(tx, others))) fail('access.last_owner')
}

/** A home is gone: its people hold nothing here any more, and are in no group. */
export const forgetHome = async (tx: Tx, homeId: string): Promise<void> => {
  await deleteGrantsFrom(tx, homeId)
  await deleteMembersFrom(tx, homeId)
}

/** Refuses unless the actor may give this role here, this far: nobody gives what they do not hold themselves. */
export const requireGiveable = async (
  tx: Tx,
  by: Actor,
  { role, reach }: Pick<RoleGrant, 'role' | 'reach'>,
): Promise<void> => {
  const chain = chainOf(tx)
  requirePermission(by, 'role.assign', chain)
  const held = await permissionsOf(tx, role)
  if (held.length === 0) fail('access.role_unknown', 'role')
  requireHeld(by, held, chain, reach)
}

/** Somebody who belongs here. Service accounts are looked for by tokens, which knows them. */
const requireSubject = async (tx: Tx, { kind, homeId, id }: Subject): Promise<void> => {
  if (kind === 'group' && !(await readGroup(tx, id))) fail('access.group_unknown')
  if (kind === 'person' && !(await findMembership(tx, { homeId, personId: id }))) fail('person.unknown')
}

/**
 * Gives a role to somebody of the transaction's organization. Nobody gives what they do not hold themselves, this far
 * (`authority.exceeds_own`). What was given already is given until the new end.
 */
export const give = async (tx: Tx, by: Actor, subject: Subject, wanted: NewGrant): Promise<RoleGrant> => {
  const { role, reach, endsAt } = read(newGrant, wanted)
  await requireGiveable(tx, by, { role, reach })
  if (endsAt !== null && endsAt <= now()) return fail('access.grant_ended', 'endsAt')
  await requireSubject(tx, subject)
  // What had no end would get one.
  if (role === 'owner' && endsAt !== null && subject.kind === 'person') {
    await requireOtherOwner(tx, { homeId: subject.homeId, personId: subject.id })
  }
  const grant: RoleGrant = {
    id: newId('grn'),
    subject,
    role,
    reach,
    endsAt,
    givenBy: by.personId ?? null,
    createdAt: now(),
  }
  if (await insertGrant(tx, grant)) {
    await record(tx, by, 'role.given', targetOf(subject), { after: { role, reach, endsAt } })
  }
  const given = await readGrantsOf(tx, subject)
  return given.find((one) => one.role === role && one.reach === reach) ?? fail('access.grant_unknown')
}

/** Takes a grant back. Whoever could not give it cannot take it back either, and the last owner stays. */
export const takeBack = async (tx: Tx, by: Actor, id: string): Promise<void> => {
  const chain = chainOf(tx)
  requirePermission(by, 'role.assign', chain)
  const grant = (await readGrant(tx, id)) ?? fail('access.grant_unknown')
  requireHeld(by, await permissionsOf(tx, grant.role), chain, grant.reach)
  const { subject, role, reach } = grant
  if (role === 'owner' && subject.kind === 'person') {
    await requireOtherOwner(tx, { homeId: subject.homeId, personId: subject.id })
  }
  if (await deleteGrant(tx, id)) await record(tx, by, 'role.taken_back', targetOf(subject), { before: { role, reach } })
}

/** Takes everything back that somebody was given here: they leave, or are deleted. The caller has decided that they may. */
export const takeBackAll = async (tx: Tx, by: Actor, subject: Subject): Promise<void> => {
  const count = await deleteGrantsOf(tx, subject)
  if (count > 0) await record(tx, by, 'role.all_taken_back', targetOf(subject), { count })
}

/** What was given to somebody here. */
export const grantsOf = (tx: Tx, by: Actor, subject: Subject): Promise<RoleGrant[]> => {
  requirePermission(by, 'people.read', chainOf(tx))
  return readGrantsOf(tx, subject)
}

/** Everything that was given here. */
export const allGrants = (tx: Tx, by: Actor): Promise<RoleGrant[]> => {
  requirePermission(by, 'people.read', chainOf(tx))
  return readAllGrants(tx)
}

/** A part of it, the oldest first: to whom somebody gives, and where the part before ended. */
export const listGrants = (
  tx: Tx,
  by: Actor,
  page: Page & { subject?: { kind: Subject['kind']; id: string } },
): Promise<RoleGrant[]> => {
  requirePermission(by, 'people.read', chainOf(tx))
  return readGrantsPage(tx, page)
}
