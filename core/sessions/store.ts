import { type Selectable, sql } from 'kysely'
import type { PersonRef } from '#core/people/contract'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Session } from './contract.ts'

type Sessions = {
  org_id: string
  id: string
  secret_hash: Buffer
  home_id: string
  person_id: string
  methods: string[]
  generation: number
  address: string | null
  user_agent: string | null
  created_at: Date
  last_seen_at: Date
  proven_at: Date
  device_id: string | null
  idle_until: Date
  expires_at: Date
  ended_at: Date | null
  ended_why: string | null
}
export type SessionRow = Selectable<Sessions>

const tables = (tx: Tx) => tx.sql.withTables<{ sessions: Sessions }>()

export const sessionOf = (row: SessionRow): Session => ({
  id: row.id,
  organizationId: row.org_id,
  homeId: row.home_id,
  personId: row.person_id,
  methods: row.methods,
  generation: row.generation,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  provenAt: row.proven_at,
  deviceId: row.device_id,
})

/**
 * Since when a session has to have been seen, and since when begun, to be worth anything now. It has bounds of its own as well,
 * from when it began: a policy that has become stricter ends sessions, and one that has become more generous brings none back.
 */
export type Bounds = { seenAfter: Date; begunAfter: Date }

const livingIn = (tx: Tx, { seenAfter, begunAfter }: Bounds) =>
  tables(tx)
    .selectFrom('sessions')
    .where('org_id', '=', tx.organizationId)
    .where('ended_at', 'is', null)
    .where('idle_until', '>', now())
    .where('expires_at', '>', now())
    .where('last_seen_at', '>', seenAfter)
    .where('created_at', '>', begunAfter)

export const insertSession = async (tx: Tx, row: Omit<SessionRow, 'ended_at' | 'ended_why'>): Promise<void> => {
  await tables(tx)
    .insertInto('sessions')
    .values({ ...row, ended_at: null, ended_why: null })
    .execute()
}

/** A living session by its secret. The organization is named although row-level security has it in mind as well. */
export const readLiving = async (tx: Tx, secretHash: Buffer, bounds: Bounds): Promise<SessionRow | null> =>
  (await livingIn(tx, bounds).selectAll().where('secret_hash', '=', secretHash).executeTakeFirst()) ?? null

/** What somebody has open here, the newest first. Sessions begun under another generation are worth nothing. */
export const readLivingOf = (
  tx: Tx,
  { homeId, personId }: PersonRef,
  generation: number,
  bounds: Bounds,
  limit: number,
): Promise<SessionRow[]> =>
  livingIn(tx, bounds)
    .selectAll()
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .where('generation', '=', generation)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()

export const removeOf = async (tx: Tx, homeId: string, personId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('sessions')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .execute()
}

/** The same of everybody of one home. */
export const removeFrom = async (tx: Tx, homeId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('sessions')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .execute()
}

export const countLiving = async (tx: Tx, bounds: Bounds): Promise<number> => {
  const row = await livingIn(tx, bounds)
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** A session gets another secret, and what has just been proven in it. The old secret is worth nothing from here on. */
export const replaceSecret = async (
  tx: Tx,
  id: string,
  secretHash: Buffer,
  { methods, provenAt }: Pick<Session, 'methods' | 'provenAt'>,
): Promise<boolean> => {
  const changed = await tables(tx)
    .updateTable('sessions')
    .set({
      secret_hash: secretHash,
      proven_at: provenAt,
      methods: sql<
        string[]
      >`methods || array(select one from unnest(${methods}::text[]) one where one <> all (methods))`,
    })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now())
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

export const markSeen = async (tx: Tx, id: string, idleUntil: Date): Promise<void> => {
  await tables(tx)
    .updateTable('sessions')
    .set({ last_seen_at: now(), idle_until: idleUntil })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

export const endOne = async (tx: Tx, id: string, why: string): Promise<boolean> => {
  const ended = await tables(tx)
    .updateTable('sessions')
    .set({ ended_at: now(), ended_why: why })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

/** One of a person's own. */
export const endOneOf = async (tx: Tx, { homeId, personId }: PersonRef, id: string, why: string): Promise<boolean> => {
  const ended = await tables(tx)
    .updateTable('sessions')
    .set({ ended_at: now(), ended_why: why })
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

export const endOthers = async (
  tx: Tx,
  homeId: string,
  personId: string,
  except: string | null,
  why: string,
): Promise<number> => {
  const query = tables(tx)
    .updateTable('sessions')
    .set({ ended_at: now(), ended_why: why })
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
  return (await (except ? query.where('id', '!=', except) : query).returning('id').execute()).length
}

export const setGeneration = async (tx: Tx, id: string, generation: number): Promise<void> => {
  await tables(tx)
    .updateTable('sessions')
    .set({ generation })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .execute()
}

export const removeLongEnded = async (tx: Tx, before: Date): Promise<void> => {
  await tables(tx)
    .deleteFrom('sessions')
    .where('org_id', '=', tx.organizationId)
    .where((either) => either.or([either('expires_at', '<', before), either('ended_at', '<', before)]))
    .execute()
}

/** What goes with the organization. */
export const belongings = belongingsOf('sessions')
