// What many people were given at an organization, for a list of them: read at once, not person by person.

import type { PersonRef } from '#core/people/contract'
import type { Tx } from '#platform/database'
import type { Holdings } from './contract.ts'
import { readRolesOfAll } from './grants-store.ts'
import { readGroupsOfAll } from './members-store.ts'
import { readGroups, readRoles } from './store.ts'

/** By id: the roles of each of these people, and the names of the groups that they were put into by hand. */
export const holdingsOf = async (tx: Tx, refs: readonly PersonRef[]): Promise<ReadonlyMap<string, Holdings>> => {
  const roles = await readRolesOfAll(
    tx,
    refs.map(({ personId }) => personId),
  )
  const groups = await readGroupsOfAll(tx, refs)
  const roleNames = new Map((await readRoles(tx)).map(({ id, name }) => [id, name]))
  const groupNames = new Map((await readGroups(tx)).map(({ id, name }) => [id, name]))
  return new Map(
    refs.map(({ personId }) => [
      personId,
      {
        roles: (roles.get(personId) ?? []).map((role) => ({ role, name: roleNames.get(role) ?? null })),
        groups: (groups.get(personId) ?? []).flatMap((id) => groupNames.get(id) ?? []),
      },
    ]),
  )
}
