// Several who were chosen together: who they are, and who of them is left alone by what is about to be done.

import type { Actor } from '#core/authority/contract'
import { listedByIds } from '#core/people'
import { withOrganization } from '#platform/database'
import { type BulkWish, mostAtOnce, type RosterPerson } from './contract.ts'
import { asAtHome, shown } from './listing.ts'
import { requireAt } from './target.ts'

/** Those of these ids who live or belong here, by name. Opens units of work of its own. */
export const chosen = async (organizationId: string, by: Actor, ids: readonly string[]): Promise<RosterPerson[]> => {
  requireAt(by, 'people.read', organizationId)
  const wanted = [...new Set(ids)].slice(0, mostAtOnce)
  const known = await withOrganization(organizationId, (tx) => listedByIds(tx, wanted))
  const atHome = await asAtHome(organizationId, known)
  return known
    .map((one) => shown(organizationId, one, atHome.get(one.personId)))
    .sort((a, b) => a.familyName.localeCompare(b.familyName) || a.givenName.localeCompare(b.givenName))
}

const ofWaiting: ReadonlySet<BulkWish['action']> = new Set(['approve', 'decline'])
const notOwn: ReadonlySet<BulkWish['action']> = new Set([
  'suspend',
  'resume',
  'remove',
  'reset-password',
  'reset-second-step',
])
const ofMembers: ReadonlySet<BulkWish['action']> = new Set(['change-kind', 'give-role', 'add-to-group'])
const ofResidents: ReadonlySet<BulkWish['action']> = new Set(['reset-password', 'reset-second-step'])

/** Why nothing would come of it for somebody, as far as the list knows: the code that they would be answered with. */
export const leftOut = (
  action: BulkWish['action'],
  by: Pick<Actor, 'personId'>,
  { personId, status, kind, livesHere }: Pick<RosterPerson, 'personId' | 'status' | 'kind' | 'livesHere'>,
): string | null => {
  if (notOwn.has(action) && by.personId === personId) return 'roster.own_account'
  if (ofWaiting.has(action) !== (status === 'pending') && (ofWaiting.has(action) || action === 'suspend')) {
    return status === 'pending' ? 'roster.waiting' : 'roster.not_waiting'
  }
  if (ofMembers.has(action) && kind === null) return 'roster.no_membership'
  return ofResidents.has(action) && !livesHere ? 'roster.lives_elsewhere' : null
}
