// Handing an organization over: somebody else owns it from then on, and whoever gives it perhaps no longer. One transaction,
// so that at every moment somebody owns it.

import { record } from '#core/audit'
import { may, require as requirePermission } from '#core/authority'
import { type Actor, builtInRoles, type Reach } from '#core/authority/contract'
import { listed } from '#core/people'
import type { PersonRef } from '#core/people/contract'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import type { NewOwner } from './contract.ts'
import { chainOf, requireOtherOwner } from './grants.ts'
import { deleteGrant, insertGrant, lockOwners, readGrantsOf } from './grants-store.ts'

/** How far somebody holds all that an owner holds; whoever does not hold all of it here is refused. */
const reachOf = (tx: Tx, by: Actor): Reach => {
  const chain = chainOf(tx)
  // First of all what says so itself.
  requirePermission(by, 'organization.transfer', chain)
  for (const permission of builtInRoles.owner) requirePermission(by, permission, chain)
  return builtInRoles.owner.every((permission) => may(by, permission, chain, 'subtree')) ? 'subtree' : 'organization'
}

/**
 * Somebody else who works here and may act at once. Their second step is not asked about: where one is required nobody gets in
 * without it, the new owner neither.
 */
const nextOwner = async (tx: Tx, by: Actor, personId: string): Promise<PersonRef> => {
  const entry = (await listed(tx, personId)) ?? fail('person.unknown', 'person')
  const isActor = by.kind === 'person' && by.personId === personId
  const isFit = entry.kind === 'staff' && entry.membership === 'active' && entry.status === 'active' && !isActor
  return isFit ? { homeId: entry.homeId, personId } : fail('access.owner_unfit', 'person')
}

const ownerGrantsOf = async (tx: Tx, { homeId, personId }: PersonRef) =>
  (await readGrantsOf(tx, { kind: 'person', homeId, id: personId })).filter(({ role }) => role === 'owner')

/** Who hands over what they do not own any more has been overtaken by somebody. */
const stepDown = async (tx: Tx, by: Actor): Promise<void> => {
  const { kind, homeId = '', personId = '' } = by
  const giver = { homeId, personId }
  const grants = kind === 'person' ? await ownerGrantsOf(tx, giver) : []
  if (grants.length === 0) return fail('access.not_an_owner', 'stepDown')
  await requireOtherOwner(tx, giver)
  for (const { id } of grants) await deleteGrant(tx, id)
  await record(tx, by, 'ownership.given_up', { kind: 'person', id: personId }, { before: { role: 'owner' } })
}

/**
 * Makes somebody an owner of the transaction's organization, for good and as far as the giver is one; with `stepDown` the
 * giver owns it no longer. Of two who hand over at the same moment one waits, and an owner is left in any case.
 */
export const transferOwnership = async (
  tx: Tx,
  by: Actor,
  { person, stepDown: isLeaving }: NewOwner,
): Promise<void> => {
  const reach = reachOf(tx, by)
  await lockOwners(tx)
  const { homeId, personId } = await nextOwner(tx, by, person)
  const subject = { kind: 'person' as const, homeId, id: personId }
  const grant = { id: newId('grn'), subject, role: 'owner', reach, endsAt: null, givenBy: by.personId ?? null }
  if (await insertGrant(tx, { ...grant, createdAt: now() })) {
    await record(tx, by, 'ownership.given', { kind: 'person', id: personId }, { after: { role: 'owner', reach } })
  }
  if (isLeaving) await stepDown(tx, by)
}
