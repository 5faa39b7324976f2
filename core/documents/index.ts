// Owns documents and their versions: what themes, texts, emails and flows share. A draft is worked on by several people, none of
// whom overwrites another; a version is immutable; publishing makes the next one and moves the pointer, in the transaction of
// whoever publishes, and every process hears of it.
// Calls audit; called by themes, texts, emails and flows, which bring the schema, the checks and the rights. They register what
// fails here as their own: `<kind>.changed_elsewhere` 412, `<kind>.no_draft` 409, `<kind>.version_unknown` 404.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { announce, type Tx } from '#platform/database'
import { fail } from '#platform/failure'
import type { Author, DocumentKind, DocumentStanding, PublishedDocument, VersionEntry } from './contract.ts'
import {
  clearPublished,
  ensureDocument,
  readStanding,
  readStandings,
  readVersionBody,
  readVersions,
  writeDraft,
} from './drafts-store.ts'
import { insertVersion, readAllPublished, readPublished, takeVersion } from './store.ts'

export { mergeAlong } from './merge.ts'
export { belongings, countByKind } from './store.ts'

const authorOf = ({ kind, homeId, personId }: Actor): Author => ({ kind, homeId: homeId ?? null, id: personId ?? null })

type Version = { body: unknown; note?: string | undefined; restored?: number }

const insertNext = async (
  tx: Tx,
  by: Actor,
  kind: DocumentKind,
  name: string,
  { body, note, restored }: Version,
): Promise<number> => {
  const version = await takeVersion(tx, kind, name)
  await insertVersion(tx, {
    kind,
    name,
    version,
    body: JSON.stringify(body),
    note: note ?? null,
    restored: restored ?? null,
    by: authorOf(by),
  })
  await announce(tx, 'documents', tx.organizationId)
  return version
}

/** Publishes a checked body as the next version of a document of the transaction's organization; answers its number. */
export const publish = async (
  tx: Tx,
  by: Actor,
  kind: DocumentKind,
  name: string,
  body: unknown,
  note?: string,
): Promise<number> => {
  const version = await insertNext(tx, by, kind, name, { body, note })
  await record(tx, by, `${kind}.published`, { kind, id: name }, { version, note: note ?? null })
  return version
}

/** What is published under a name; null when nothing is. */
export const published = (tx: Tx, kind: DocumentKind, name: string): Promise<PublishedDocument | null> =>
  readPublished(tx, kind, name)

/** Everything published of a kind, by name. */
export const listPublished = (tx: Tx, kind: DocumentKind): Promise<PublishedDocument[]> => readAllPublished(tx, kind)

/** A document as it stands: its draft, and what is published. One that nobody has touched stands too, at the count of one. */
export const standing = (tx: Tx, kind: DocumentKind, name: string): Promise<DocumentStanding> =>
  readStanding(tx, kind, name)

/** Every document of a kind that has been touched, by name. */
export const standings = (tx: Tx, kind: DocumentKind): Promise<Map<string, DocumentStanding>> => readStandings(tx, kind)

/**
 * Keeps a draft, checked or not. `ifMatch` is the count of the draft that whoever saves has seen: where somebody else has saved,
 * dropped or published meanwhile, nothing is overwritten. Answers the next count.
 */
export const saveDraft = async (
  tx: Tx,
  by: Actor,
  kind: DocumentKind,
  name: string,
  body: unknown,
  ifMatch: number,
): Promise<number> => {
  const { homeId, id } = authorOf(by)
  await ensureDocument(tx, kind, name)
  const draft = { body: JSON.stringify(body), by: { homeId, id } }
  return (await writeDraft(tx, kind, name, ifMatch, draft)) ?? fail(`${kind}.changed_elsewhere`)
}

/** Drops a draft; the count goes on. */
export const discardDraft = async (tx: Tx, kind: DocumentKind, name: string, ifMatch: number): Promise<void> => {
  const { draft } = await readStanding(tx, kind, name)
  if (draft === null) fail(`${kind}.no_draft`)
  if ((await writeDraft(tx, kind, name, ifMatch, null)) === null) fail(`${kind}.changed_elsewhere`)
}

/**
 * Publishes the draft that whoever publishes has seen, and nothing that somebody has saved since. `check` is given its body, and
 * refuses it by throwing.
 */
export const publishDraft = async (
  tx: Tx,
  by: Actor,
  kind: DocumentKind,
  name: string,
  { ifMatch, note, check = () => {} }: { ifMatch: number; note?: string | undefined; check?: (body: unknown) => void },
): Promise<number> => {
  const { draft } = await readStanding(tx, kind, name)
  if (draft === null) return fail(`${kind}.no_draft`)
  // From here on the draft is ours: whoever saves or publishes at the same moment finds another count.
  if ((await writeDraft(tx, kind, name, ifMatch, null)) === null) return fail(`${kind}.changed_elsewhere`)
  check(draft.body)
  return publish(tx, by, kind, name, draft.body, note)
}

/** What was ever published under a name, the newest first, part by part. */
export const versions = (
  tx: Tx,
  kind: DocumentKind,
  name: string,
  part: { limit: number; before: number | null },
): Promise<VersionEntry[]> => readVersions(tx, kind, name, part)

/** The body of a version, as it was published. */
export const readVersion = async (tx: Tx, kind: DocumentKind, name: string, version: number): Promise<unknown> =>
  ((await readVersionBody(tx, kind, name, version)) ?? fail(`${kind}.version_unknown`)).body

/** Publishes an old body as the next version. `check` refuses one that must not be published any more, by throwing. */
export const rollback = async (
  tx: Tx,
  by: Actor,
  kind: DocumentKind,
  name: string,
  {
    version: restored,
    note,
    check = () => {},
  }: { version: number; note?: string | undefined; check?: (body: unknown) => void },
): Promise<number> => {
  const body = await readVersion(tx, kind, name, restored)
  check(body)
  const version = await insertNext(tx, by, kind, name, { body, note, restored })
  await record(tx, by, `${kind}.rolled_back`, { kind, id: name }, { version, restored, note: note ?? null })
  return version
}

/** Publishes nothing under a name any more, so that what is inherited counts again. The history stays. */
export const unpublish = async (tx: Tx, by: Actor, kind: DocumentKind, name: string): Promise<boolean> => {
  const version = await clearPublished(tx, kind, name)
  if (version === null) return false
  await record(tx, by, `${kind}.unpublished`, { kind, id: name }, { version })
  await announce(tx, 'documents', tx.organizationId)
  return true
}
