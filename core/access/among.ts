// Who is meant by a group or a role, as a list of people can be asked for it.

import type { Among } from '#core/people/contract'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import type { Group } from './contract.ts'
import { readGrantsOfRole } from './grants-store.ts'
import { readGroupMembers } from './members-store.ts'
import { readGroup } from './store.ts'

const amongGroup = async (tx: Tx, group: Group): Promise<Among> => {
  if (group.rule !== null) return { personIds: [], rules: [group.rule] }
  const members = await readGroupMembers(tx, group.id)
  return { personIds: members.map(({ personId }) => personId), rules: [] }
}

/** Those who are in a group of the transaction's organization. */
export const inGroup = async (tx: Tx, id: string): Promise<Among> =>
  amongGroup(tx, (await readGroup(tx, id)) ?? fail('access.group_unknown', 'group'))

/** Those who were given a role at the transaction's organization, themselves or through a group. */
export const withRole = async (tx: Tx, role: string): Promise<Among> => {
  const personIds: string[] = []
  const rules: Among['rules'][number][] = []
  for (const { subject } of await readGrantsOfRole(tx, role)) {
    if (subject.kind === 'person') personIds.push(subject.id)
    const group = subject.kind === 'group' ? await readGroup(tx, subject.id) : null
    const through = group ? await amongGroup(tx, group) : { personIds: [], rules: [] }
    personIds.push(...through.personIds)
    rules.push(...through.rules)
  }
  return { personIds: [...new Set(personIds)], rules }
}
