import type { Tx } from '#platform/database'

type Records = {
  org_id: string
  id: string
  actor_kind: string
  actor_home_id: string | null
  actor_id: string | null
  action: string
  target_kind: string
  target_id: string
  details_hash: Buffer
  address: string | null
  request_id: string | null
}
type Details = { org_id: string; record_id: string; details: string }
type Tables = { audit_records: Records; audit_details: Details }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

export const insertRecord = (tx: Tx, row: Records) => tables(tx).insertInto('audit_records').values(row).execute()
export const insertDetails = (tx: Tx, row: Details) => tables(tx).insertInto('audit_details').values(row).execute()
