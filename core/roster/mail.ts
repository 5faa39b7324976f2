// What is written to people because of something that an administrator did: in the organization's name, at the address
// where it is shown.

import type { Actor } from '#core/authority/contract'
import { canonicalAddressOf } from '#core/organizations'
import { orderMail } from '#core/outbox'
import type { MailOrder, OutboxOptions } from '#core/outbox/contract'
import { findAll } from '#core/people'
import type { Person, PersonRef } from '#core/people/contract'
import { type Tx, withOrganization } from '#platform/database'
import { organizationAt } from './target.ts'

export const toPerson = ({ homeId, personId }: PersonRef) => ({ home: homeId, person: personId })

type Letter = Pick<MailOrder, 'to' | 'data' | 'link'> & { locale?: string | null }

/** Orders a mail of the transaction's organization; answers the id under which its delivery is known. */
export const write = (
  tx: Tx,
  template: string,
  { locale, ...letter }: Letter,
  options: OutboxOptions = {},
): Promise<string> => {
  const organization = organizationAt(tx.organizationId)
  return orderMail(
    tx,
    template,
    {
      ...letter,
      organizationId: organization.id,
      address: canonicalAddressOf(organization),
      locale: locale ?? organization.locales[0] ?? 'en',
    },
    options,
  )
}

const written = ({ givenName, familyName }: Pick<Person, 'givenName' | 'familyName'>): string | null =>
  `${givenName} ${familyName}`.trim() || null

/** What people are called at home, by id. Opens a unit of work for each home. */
export const namesOf = async (refs: readonly PersonRef[]): Promise<ReadonlyMap<string, string | null>> => {
  const names = new Map<string, string | null>()
  for (const homeId of new Set(refs.map((ref) => ref.homeId))) {
    const ids = refs.filter((ref) => ref.homeId === homeId).map(({ personId }) => personId)
    for (const person of await withOrganization(homeId, (tx) => findAll(tx, ids))) names.set(person.id, written(person))
  }
  return names
}

/** What whoever acts is called, wherever they live; null of a program. Opens a unit of work of its own. */
export const nameOf = async ({ kind, homeId, personId }: Pick<Actor, 'kind' | 'homeId' | 'personId'>) => {
  if (kind !== 'person' || !homeId || !personId) return null
  return (await namesOf([{ homeId, personId }])).get(personId) ?? null
}
