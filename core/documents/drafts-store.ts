import { sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Author, DocumentKind, DocumentStanding, Draft, VersionEntry } from './contract.ts'

type DraftRow = {
  draft: unknown
  draft_version: number
  draft_from: number | null
  draft_at: Date | null
  draft_by_home: string | null
  draft_by: string | null
  name: string
  published_version: number | null
  body: unknown
}

const standingOf = (row: DraftRow): DocumentStanding => {
  const { draft, draft_at: savedAt } = row
  const held: Draft | null =
    draft === null || savedAt === null
      ? null
      : { body: draft, from: row.draft_from, savedAt, by: { homeId: row.draft_by_home, id: row.draft_by } }
  const { name, published_version: version, body } = row
  return { draft: held, draftVersion: row.draft_version, published: version === null ? null : { name, version, body } }
}

/** Nobody has to have begun a count for it to stand at one: no answer is ever given the version 0. */
const selected = sql`
  select d.name, d.draft, greatest(d.draft_version, 1) as draft_version, d.draft_from, d.draft_at, d.draft_by_home,
    d.draft_by, d.published_version, v.body
  from documents d
  left join document_versions v
    on v.org_id = d.org_id and v.kind = d.kind and v.name = d.name and v.version = d.published_version`

export const readStanding = async (tx: Tx, kind: DocumentKind, name: string): Promise<DocumentStanding> => {
  const { rows } = await sql<DraftRow>`
    ${selected} where d.org_id = ${tx.organizationId} and d.kind = ${kind} and d.name = ${name}`.execute(tx.sql)
  return rows[0] ? standingOf(rows[0]) : { draft: null, draftVersion: 1, published: null }
}

/** Every document of a kind that has a draft or is published, by name. */
export const readStandings = async (tx: Tx, kind: DocumentKind): Promise<Map<string, DocumentStanding>> => {
  const { rows } = await sql<DraftRow>`
    ${selected} where d.org_id = ${tx.organizationId} and d.kind = ${kind} order by d.name`.execute(tx.sql)
  return new Map(rows.map((row) => [row.name, standingOf(row)]))
}

/** Somewhere to keep a draft. */
export const ensureDocument = async (tx: Tx, kind: DocumentKind, name: string): Promise<void> => {
  await sql`
    insert into documents (org_id, kind, name, updated_at) values (${tx.organizationId}, ${kind}, ${name}, ${now()})
    on conflict (org_id, kind, name) do nothing`.execute(tx.sql)
}

/**
 * Keeps or drops a draft, where nobody has changed it since it was counted `seen`; answers the new count, or null. Of two at the
 * same moment, one waits for the other and then finds another count.
 */
export const writeDraft = async (
  tx: Tx,
  kind: DocumentKind,
  name: string,
  seen: number,
  draft: { body: string; by: { homeId: string | null; id: string | null } } | null,
): Promise<number | null> => {
  const written = draft
    ? sql`draft = ${draft.body}::jsonb, draft_at = ${now()}, draft_by_home = ${draft.by.homeId}, draft_by = ${draft.by.id},
        draft_from = case when draft is null then published_version else draft_from end`
    : sql`draft = null, draft_at = null, draft_by_home = null, draft_by = null, draft_from = null`
  const { rows } = await sql<{ version: number }>`
    update documents set ${written}, draft_version = greatest(draft_version, 1) + 1, updated_at = ${now()}
    where org_id = ${tx.organizationId} and kind = ${kind} and name = ${name} and greatest(draft_version, 1) = ${seen}
    returning draft_version as version`.execute(tx.sql)
  return rows[0]?.version ?? null
}

/** Nothing is published any more; answers which version was. */
export const clearPublished = async (tx: Tx, kind: DocumentKind, name: string): Promise<number | null> => {
  const where = sql`org_id = ${tx.organizationId} and kind = ${kind} and name = ${name}`
  const { rows } = await sql<{ version: number | null }>`
    select published_version as version from documents where ${where} for update`.execute(tx.sql)
  const version = rows[0]?.version ?? null
  if (version !== null) {
    await sql`update documents set published_version = null, updated_at = ${now()} where ${where}`.execute(tx.sql)
  }
  return version
}

export const readVersionBody = async (
  tx: Tx,
  kind: DocumentKind,
  name: string,
  version: number,
): Promise<{ body: unknown } | null> => {
  const { rows } = await sql<{ body: unknown }>`
    select body from document_versions
    where org_id = ${tx.organizationId} and kind = ${kind} and name = ${name} and version = ${version}`.execute(tx.sql)
  return rows[0] ?? null
}

type EntryRow = Omit<VersionEntry, 'publishedAt' | 'by' | 'isPublished'> & {
  published_at: Date
  by_kind: Author['kind'] | null
  by_home: string | null
  by_id: string | null
  is_published: boolean
}

/** The newest first; `before` is where the part before has ended. */
export const readVersions = async (
  tx: Tx,
  kind: DocumentKind,
  name: string,
  { limit, before }: { limit: number; before: number | null },
): Promise<VersionEntry[]> => {
  const { rows } = await sql<EntryRow>`
    select v.version, v.note, v.published_at, v.restored, v.by_kind, v.by_home, v.by_id,
      coalesce(d.published_version = v.version, false) as is_published
    from document_versions v
    join documents d on d.org_id = v.org_id and d.kind = v.kind and d.name = v.name
    where v.org_id = ${tx.organizationId} and v.kind = ${kind} and v.name = ${name}
      and (${before}::integer is null or v.version < ${before}::integer)
    order by v.version desc limit ${limit}`.execute(tx.sql)
  return rows.map(({ published_at: publishedAt, by_kind, by_home, by_id, is_published: isPublished, ...row }) => ({
    ...row,
    publishedAt,
    isPublished,
    by: by_kind && { kind: by_kind, homeId: by_home, id: by_id },
  }))
}
