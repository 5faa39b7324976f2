// Owns consents: which version of which document somebody has agreed to, at the organization that asked them.
// Calls audit; called by login, which asks, and by roster and removal, which forget. My Account may show them.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import type { PersonRef } from '#core/people/contract'
import type { Tx } from '#platform/database'
import { registerStatuses } from '#platform/failure'
import { type Consent, type ConsentDocument, failures } from './contract.ts'
import { deleteConsentsFrom, deleteConsentsOf, insertConsents, readConsents } from './store.ts'

export { belongings } from './store.ts'

registerStatuses(failures)

/** What somebody has agreed to at the transaction's organization, the newest first. */
export const consentsOf = async (tx: Tx, person: PersonRef): Promise<Consent[]> =>
  (await readConsents(tx, person)).map(({ document, version, agreed_at }) => ({
    document,
    version,
    agreedAt: agreed_at,
  }))

/** Of these, what somebody has not agreed to in this version, in the same order. */
export const missingOf = async <Document extends ConsentDocument>(
  tx: Tx,
  person: PersonRef,
  documents: readonly Document[],
): Promise<Document[]> => {
  const given = await consentsOf(tx, person)
  return documents.filter(
    ({ id, version }) => !given.some((consent) => consent.document === id && consent.version === version),
  )
}

/** Writes down that somebody agrees. What they have agreed to already stays as it was, with its moment. */
export const agree = async (
  tx: Tx,
  by: Actor,
  person: PersonRef,
  documents: readonly ConsentDocument[],
): Promise<void> => {
  if (documents.length === 0) return
  for (const { id: document, version } of await insertConsents(tx, person, documents)) {
    await record(tx, by, 'consent.given', { kind: 'person', id: person.personId }, { after: { document, version } })
  }
}

/** Forgets what somebody has agreed to at the transaction's organization: they are gone from it. */
export const forgetConsents = (tx: Tx, person: PersonRef): Promise<void> => deleteConsentsOf(tx, person)

/** The same of everybody who lived in an organization that is gone. */
export const forgetHome = (tx: Tx, homeId: string): Promise<void> => deleteConsentsFrom(tx, homeId)
