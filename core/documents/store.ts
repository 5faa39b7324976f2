import { sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { DocumentKind, PublishedDocument } from './contract.ts'

/** The next version of a document, given out once: whoever publishes at the same moment waits here. */
export const takeVersion = async (tx: Tx, kind: DocumentKind, name: string): Promise<number> => {
  const { rows } = await sql<{ version: number }>`
    insert into documents (org_id, kind, name, published_version, updated_at)
    values (${tx.organizationId}, ${kind}, ${name}, 1, ${now()})
    on conflict (org_id, kind, name) do update
      set published_version = 1 + coalesce(
            (select max(version) from document_versions v
             where v.org_id = documents.org_id and v.kind = documents.kind and v.name = documents.name), 0),
          updated_at = excluded.updated_at
    returning published_version as version`.execute(tx.sql)
  return rows[0]?.version ?? 1
}

export const insertVersion = async (
  tx: Tx,
  row: { kind: DocumentKind; name: string; version: number; body: string; note: string | null },
): Promise<void> => {
  await sql`
    insert into document_versions (org_id, kind, name, version, body, note, published_at)
    values (${tx.organizationId}, ${row.kind}, ${row.name}, ${row.version}, ${row.body}::jsonb, ${row.note}, ${now()})`.execute(
    tx.sql,
  )
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
