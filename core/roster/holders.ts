// Who has a role at an organization, as somebody reads it: by name, not by id.

import { groupNames, listGrants } from '#core/access'
import type { Page, RoleGrant } from '#core/access/contract'
import type { Actor } from '#core/authority/contract'
import { listedByIds } from '#core/people'
import { accountNames } from '#core/tokens'
import { type Tx, withOrganization } from '#platform/database'
import type { Holder, HolderPage } from './contract.ts'
import { requireAt } from './target.ts'

type Called = { name: string; email: string | null }

const calledIn = async (tx: Tx, grants: readonly RoleGrant[]): Promise<ReadonlyMap<string, Called>> => {
  const idsOf = (kind: RoleGrant['subject']['kind']) =>
    grants.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : []))
  const called = new Map<string, Called>()
  for (const { personId, givenName, familyName, email } of await listedByIds(tx, idsOf('person'))) {
    called.set(personId, { name: `${givenName} ${familyName}`.trim() || email, email })
  }
  for (const [id, name] of await groupNames(tx, idsOf('group'))) called.set(id, { name, email: null })
  for (const [id, name] of await accountNames(tx, idsOf('service'))) called.set(id, { name, email: null })
  return called
}

/** A page of those who have a role here, in the order in which it was given to them. Opens a unit of work of its own. */
export const holders = async (
  organizationId: string,
  by: Actor,
  role: string,
  { limit, after }: Page,
): Promise<HolderPage> => {
  requireAt(by, 'people.read', organizationId)
  return withOrganization(organizationId, async (tx) => {
    const read = await listGrants(tx, by, { role, limit: limit + 1, ...(after === undefined ? {} : { after }) })
    const grants = read.slice(0, limit)
    const called = await calledIn(tx, grants)
    const shown = grants.map(({ id, subject, reach, endsAt }): Holder => {
      const { name = subject.id, email = null } = called.get(subject.id) ?? {}
      return { grantId: id, kind: subject.kind, id: subject.id, name, email, reach, endsAt }
    })
    return { holders: shown, next: read.length > limit ? (grants.at(-1)?.id ?? null) : null }
  })
}
