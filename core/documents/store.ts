import { sql } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Author, DocumentKind, PublishedDocument } from './contract.ts'

/**
 * The next version of a document, given out once. The first statement waits for whoever publishes at the same moment; the
 * second one sees what they have left.
 */
export const takeVersion = async (tx: Tx, kind: DocumentKind, name: string): Promise<number> => {
  await sql`
    insert into documents (org_id, kind, name, updated_at) values (${tx.organizationId}, ${kind}, ${name}, ${now()})
    on conflict (org_id, kind, name) do update set updated_at = excluded.updated_at`.execute(tx.sql)
  const { rows } = await sql<{ version: number }>`
    update documents d
    set published_version = 1 + coalesce(
      (select max(version) from document_versions v
       where v.org_id = d.org_id and v.kind = d.kind and v.name = d.name), 0)
    where org_id = ${tx.organizationId} and kind = ${kind} and name = ${name}
    returning published_version as version`.execute(tx.sql)
  return rows[0]?.version ?? 1
}

export type VersionRow = {
  kind: DocumentKind
  name: string
  version: number
  body: string
  note: string | null
  restored: number | null
  by: Author
}

export const insertVersion = async (tx: Tx, row: VersionRow): Promise<void> => {
  await sql`
    insert into document_versions
      (org_id, kind, name, version, body, note, published_at, restored, by_kind, by_home, by_id)
    values (${tx.organizationId}, ${row.kind}, ${row.name}, ${row.version}, ${row.body}::jsonb, ${row.note}, ${now()},
      ${row.restored}, ${row.by.kind}, ${row.by.homeId}, ${row.by.id})`.execute(tx.sql)
}

const selected = sql`
  select d.name, v.version, v.body
  from documents d
  join document_versions v
    on v.org_id = d.org_id and v.kind = d.kind and v.name = d.name and v.version = d.published_version`

export const readPublished = async (tx: Tx, kind: DocumentKind, name: string): Promise<PublishedDocument | null> => {
  const { rows } = await sql<PublishedDocument>`
    ${selected} where d.org_id = ${tx.organizationId} and d.kind = ${kind} and d.name = ${name}`.execute(tx.sql)
  return rows[0] ?? null
}

export const readAllPublished = async (tx: Tx, kind: DocumentKind): Promise<PublishedDocument[]> => {
  const { rows } = await sql<PublishedDocument>`
    ${selected} where d.org_id = ${tx.organizationId} and d.kind = ${kind} order by d.name`.execute(tx.sql)
  return rows
}

/** How many documents of each kind there are. */
export const countByKind = async (tx: Tx): Promise<Partial<Record<DocumentKind, number>>> => {
  const { rows } = await sql<{ kind: DocumentKind; count: number }>`
    select kind, count(*)::int as count from documents where org_id = ${tx.organizationId} group by kind`.execute(
    tx.sql,
  )
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
}

/** What goes with the organization; versions only when it is not there any more. */
export const belongings = belongingsOf('document_versions', 'documents')
