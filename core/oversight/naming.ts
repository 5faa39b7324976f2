// What the ids of the trail are called today. Whoever may read the trail may know it: names are in its details anyway.

import { listGroups, listRoles } from '#core/access'
import type { AuditRecord } from '#core/audit/contract'
import { may, require as requirePermission, systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { findAll, listedByIds, list as listPeople } from '#core/people'
import { listAccounts } from '#core/tokens'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import type { Named, Names } from './contract.ts'

export const chainAt = (organizationId: string): string[] =>
  directory().byId(organizationId)?.ancestors ?? fail('organizations.not_found')

const anId = /^[a-z]{3}_[0-9a-z]{10,40}$/
const deepest = 4

/** Every id that stands in a value, however deep. */
const idsIn = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string') return anId.test(value) ? [value] : []
  if (value === null || typeof value !== 'object' || depth > deepest) return []
  return Object.values(value).flatMap((inner) => idsIn(inner, depth + 1))
}

const nameOf = (person: { givenName: string; familyName: string; email: string }): string =>
  `${person.givenName} ${person.familyName}`.trim() || person.email

type Kept = Map<string, Named>

/** Those who live or belong here, and what else this organization has given names to. */
const nameWhatIsHere = async (tx: Tx, ids: ReadonlySet<string>, names: Kept): Promise<void> => {
  const people = [...ids].filter((id) => id.startsWith('per_'))
  for (const person of people.length > 0 ? await listedByIds(tx, people) : []) {
    names.set(person.personId, { name: nameOf(person), email: person.email })
  }
  const has = (kind: string) => [...ids].some((id) => id.startsWith(`${kind}_`))
  if (has('grp')) for (const { id, name } of await listGroups(tx, systemActor)) names.set(id, { name })
  if (has('rol')) for (const { id, name } of await listRoles(tx, systemActor)) names.set(id, { name })
  if (has('sva')) for (const { id, name } of await listAccounts(tx, systemActor)) names.set(id, { name })
}

/** Somebody who acts from above lives there; what this organization learns of them is their name, and whose they are. */
const nameFromElsewhere = async (
  organizationId: string,
  records: readonly AuditRecord[],
  names: Kept,
): Promise<void> => {
  const homes = new Map<string, Set<string>>()
  for (const { actor } of records) {
    const { kind, homeId, id } = actor
    if (kind !== 'person' || !homeId || !id || homeId === organizationId || names.has(id)) continue
    homes.set(homeId, (homes.get(homeId) ?? new Set()).add(id))
  }
  for (const [homeId, ids] of homes) {
    const home = directory().byId(homeId)
    if (!home) continue
    for (const person of await withOrganization(homeId, (tx) => findAll(tx, [...ids]))) {
      names.set(person.id, { name: nameOf(person), from: home.name })
    }
  }
}

/** What the ids in these records are called. Opens units of work of its own. */
export const namesIn = async (organizationId: string, by: Actor, records: readonly AuditRecord[]): Promise<Names> => {
  const chain = chainAt(organizationId)
  requirePermission(by, 'audit.read', chain)
  const ids = new Set(
    records.flatMap(({ actor, target, details }) => idsIn([actor.id, actor.homeId, target.id, details])),
  )
  const names: Kept = new Map()
  for (const id of ids) {
    // What is beside this organization stays unknown.
    const known = id.startsWith('org_') ? directory().byId(id) : undefined
    const isOurs = known !== undefined && (known.ancestors.includes(organizationId) || chain.includes(id))
    if (isOurs) names.set(id, { name: known.name })
  }
  await withOrganization(organizationId, (tx) => nameWhatIsHere(tx, ids, names))
  await nameFromElsewhere(organizationId, records, names)
  return names
}

const mostMeant = 50

/** The people whose name or address begins so; nobody for whoever may not see people. */
export const idsCalled = async (organizationId: string, by: Actor, text: string): Promise<string[]> => {
  const chain = chainAt(organizationId)
  requirePermission(by, 'audit.read', chain)
  if (!may(by, 'people.read', chain)) return []
  const { people } = await withOrganization(organizationId, (tx) => listPeople(tx, { search: text, limit: mostMeant }))
  return people.map(({ personId }) => personId)
}
