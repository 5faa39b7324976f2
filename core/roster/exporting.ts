// The people of an organization as a file that a spreadsheet reads, and importing takes again.

import { groupIdsOf, listGroups } from '#core/access'
import { record } from '#core/audit'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import type { Organization } from '#core/organizations/contract'
import { findAll } from '#core/people'
import { type Tx, withOrganization } from '#platform/database'
import { type CsvColumn, csvColumnsOf, mostListed, type RosterPerson, type RosterQuery } from './contract.ts'
import { csvLine } from './csv.ts'
import { joinNames } from './file.ts'
import { list } from './listing.ts'
import { organizationAt, requireAt } from './target.ts'

const linesOf = async (tx: Tx, people: readonly RosterPerson[], columns: readonly CsvColumn[]): Promise<string> => {
  const residents = people.filter(({ livesHere }) => livesHere).map(({ personId }) => personId)
  const phones = new Map((await findAll(tx, residents)).map(({ id, phone }) => [id, phone]))
  const names = new Map((await listGroups(tx, systemActor)).map(({ id, name }) => [id, name]))
  const groupIds = await groupIdsOf(tx, people)
  const lines: string[] = []
  for (const { personId, email, givenName, familyName, username, locale, kind } of people) {
    const groups = (groupIds.get(personId) ?? []).flatMap((id) => names.get(id) ?? [])
    const cells: Record<CsvColumn, string> = {
      email,
      given_name: givenName,
      family_name: familyName,
      username: username ?? '',
      phone: phones.get(personId) ?? '',
      locale: locale ?? '',
      kind: kind ?? '',
      groups: joinNames(groups.sort()),
    }
    lines.push(csvLine(columns.map((column) => cells[column])))
  }
  return lines.join('')
}

/** The file in pieces, the header first. What is asked of the list may be asked of it. Opens units of work of its own. */
export async function* exportPeople(
  organizationId: string,
  by: Actor,
  query: Omit<RosterQuery, 'limit' | 'after'> = {},
): AsyncGenerator<string> {
  requireAt(by, 'people.export', organizationId)
  const columns = csvColumnsOf(organizationAt(organizationId))
  yield csvLine(columns)
  let after: RosterQuery['after'] = null
  let count = 0
  do {
    // Whoever may carry everybody away need not be able to see them one by one.
    const page = await list(organizationId, systemActor, { ...query, limit: mostListed, after })
    count += page.people.length
    yield await withOrganization(organizationId, (tx) => linesOf(tx, page.people, columns))
    after = page.next
  } while (after)
  const target = { kind: 'organization', id: organizationId }
  await withOrganization(organizationId, (tx) => record(tx, by, 'people.exported', target, { count, query }))
}

/** The columns with two people as an example, for whoever writes such a file for the first time. */
export const csvTemplate = (organization: Pick<Organization, 'handle' | 'locales'>): string => {
  const columns = csvColumnsOf(organization)
  const noa: Partial<Record<CsvColumn, string>> = {
    email: 'noa@example.com',
    given_name: 'Noa',
    family_name: 'Keller',
    username: 'noa.keller',
    phone: '+41 79 555 01 42',
    locale: organization.locales[0] ?? 'en',
    kind: 'staff',
  }
  const sam: typeof noa = { email: 'sam@example.com', given_name: 'Sam', family_name: 'Okafor', kind: 'consumer' }
  return [columns, ...[noa, sam].map((cells) => columns.map((column) => cells[column] ?? ''))].map(csvLine).join('')
}
