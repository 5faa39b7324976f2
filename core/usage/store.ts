import { sql } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import type { Tx } from '#platform/database'

/** What is kept of a day. `people` is null where nobody counted them. */
export type KeptDay = { day: string; people: number | null; signIns: number; mails: number }

/** Keeps a day. Counted again, the later number of people stands, and of what happened the larger one: none of it is undone. */
export const keepDay = async (tx: Tx, { day, people, signIns, mails }: KeptDay): Promise<void> => {
  await sql`
    insert into usage_days (org_id, day, people, sign_ins, mails)
    values (${tx.organizationId}, ${day}::date, ${people}, ${signIns}, ${mails})
    on conflict (org_id, day) do update set
      people = coalesce(excluded.people, usage_days.people),
      sign_ins = greatest(usage_days.sign_ins, excluded.sign_ins),
      mails = greatest(usage_days.mails, excluded.mails)`.execute(tx.sql)
}

export const readDays = async (tx: Tx, from: string): Promise<KeptDay[]> => {
  const { rows } = await sql<KeptDay>`
    select to_char(day, 'YYYY-MM-DD') as day, people, sign_ins as "signIns", mails from usage_days
    where org_id = ${tx.organizationId} and day >= ${from}::date order by day`.execute(tx.sql)
  return rows
}

/** What goes with the organization. */
export const belongings = belongingsOf('usage_days')
