import { sql } from 'kysely'
import type { Tx } from '#platform/database'

/** How many belonged on a day; counted again, the later figure stands. */
export const writePeople = async (tx: Tx, day: string, people: number): Promise<void> => {
  await sql`
    insert into usage_days (org_id, day, people) values (${tx.organizationId}, ${day}::date, ${people})
    on conflict (org_id, day) do update set people = excluded.people`.execute(tx.sql)
}

export const readPeople = async (tx: Tx, from: string): Promise<{ day: string; people: number }[]> => {
  const { rows } = await sql<{ day: string; people: number }>`
    select to_char(day, 'YYYY-MM-DD') as day, people from usage_days
    where org_id = ${tx.organizationId} and day >= ${from}::date order by day`.execute(tx.sql)
  return rows
}
