// Whether somebody may act on very many people, one after the other: what is given here is read once.

import { may } from '#core/authority'
import type { Actor, Permission, Reach } from '#core/authority/contract'
import type { Tx } from '#platform/database'
import type { GroupRule } from './contract.ts'
import { chainOf } from './grants.ts'
import { readAllGrants } from './grants-store.ts'
import { readGroupMembers } from './members-store.ts'
import { isTakenInBy, permissionsOf, type Traits } from './resolve.ts'
import { readGroups } from './store.ts'

/** Whether the actor holds everything that somebody holds here, or would hold with these traits. */
export type Overseer = (personId: string | null, traits: Traits) => boolean

/** What `requireOver` asks, for the transaction's organization as it is now. */
export const overseer = async (tx: Tx, by: Actor): Promise<Overseer> => {
  const chain = chainOf(tx)
  const exceeds = (permissions: readonly Permission[], reach: Reach) =>
    permissions.some((permission) => !may(by, permission, chain, reach))
  const groups = new Map((await readGroups(tx)).map((group) => [group.id, group]))
  const higher = new Set<string>()
  const higherRules: GroupRule[] = []
  for (const { subject, role, reach } of await readAllGrants(tx)) {
    if (!exceeds(await permissionsOf(tx, role), reach)) continue
    const group = subject.kind === 'group' ? groups.get(subject.id) : undefined
    if (subject.kind === 'person') higher.add(subject.id)
    if (group?.rule) higherRules.push(group.rule)
    else if (group) for (const { personId } of await readGroupMembers(tx, group.id)) higher.add(personId)
  }
  return (personId, traits) =>
    !(personId !== null && higher.has(personId)) && !higherRules.some((rule) => isTakenInBy(rule, traits))
}
