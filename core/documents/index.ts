// Owns documents and their versions: what themes, texts and emails share. A version is immutable; publishing makes the
// next one and moves the pointer, in the transaction of whoever publishes, and every process hears of it.
// Calls audit; called by themes, texts and emails, which bring the schema and the checks.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { announce, type Tx } from '#platform/database'
import type { DocumentKind, PublishedDocument } from './contract.ts'
import { insertVersion, readAllPublished, readPublished, takeVersion } from './store.ts'

export { mergeAlong } from './merge.ts'
export { belongings, countByKind } from './store.ts'

/** Publishes a checked body as the next version of a document of the transaction's organization; answers its number. */
export const publish = async (
  tx: Tx,
  by: Actor,
  kind: DocumentKind,
  name: string,
  body: unknown,
  note?: string,
): Promise<number> => {
  const version = await takeVersion(tx, kind, name)
  await insertVersion(tx, { kind, name, version, body: JSON.stringify(body), note: note ?? null })
  await record(tx, by, `${kind}.published`, { kind, id: name }, { version, note: note ?? null })
  await announce(tx, 'documents', tx.organizationId)
  return version
}

/** What is published under a name; null when nothing ever was. */
export const published = (tx: Tx, kind: DocumentKind, name: string): Promise<PublishedDocument | null> =>
  readPublished(tx, kind, name)

/** Everything published of a kind, by name. */
export const listPublished = (tx: Tx, kind: DocumentKind): Promise<PublishedDocument[]> => readAllPublished(tx, kind)
