// Who may do something here, for whoever has to tell them that there is something to do.

import type { Permission } from '#core/authority/contract'
import type { PersonRef } from '#core/people/contract'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { readAllGrants } from './grants-store.ts'
import { readGroupMembers } from './members-store.ts'
import { permissionsOf } from './resolve.ts'

/**
 * Those to whom a permission was given at the transaction's organization, themselves or in a group that was filled by hand; at
 * most so many, and with `isBelow` only those who may do it below as well. Whether they are still there and active is for
 * whoever writes to them.
 */
export const permittedHere = async (
  tx: Tx,
  permission: Permission,
  { most, isBelow = false }: { most: number; isBelow?: boolean },
): Promise<PersonRef[]> => {
  const found = new Map<string, PersonRef>()
  for (const { subject, role, reach, endsAt } of await readAllGrants(tx)) {
    if (found.size >= most) break
    if (isBelow && reach !== 'subtree') continue
    if (endsAt !== null && endsAt <= now()) continue
    if (!(await permissionsOf(tx, role)).includes(permission)) continue
    const people = subject.kind === 'group' ? await readGroupMembers(tx, subject.id) : []
    if (subject.kind === 'person') people.push({ homeId: subject.homeId, personId: subject.id })
    for (const { homeId, personId } of people) found.set(personId, { homeId, personId })
  }
  return [...found.values()].slice(0, most)
}
