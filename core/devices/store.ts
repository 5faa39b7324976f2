import type { Selectable } from 'kysely'
import type { PersonRef } from '#core/people/contract'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

type Devices = {
  org_id: string
  id: string
  home_id: string
  person_id: string
  secret_hash: Buffer
  user_agent: string | null
  address: string | null
  created_at: Date
  last_seen_at: Date
  trusted_at: Date | null
  trusted_until: Date | null
}
type TrustEnds = { org_id: string; person_id: string; ended_at: Date }
type Tables = { devices: Devices; device_trust_ends: TrustEnds }
export type DeviceRow = Selectable<Devices>

/** What goes with an organization that is deleted. */
export const belongings = belongingsOf('devices', 'device_trust_ends')

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

const ofPerson = (tx: Tx, { homeId, personId }: PersonRef) =>
  tables(tx)
    .selectFrom('devices')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)

/** A secret is only ever looked for among what one person has: of somebody else it says nothing. */
export const readDevice = async (tx: Tx, ref: PersonRef, secretHash: Buffer): Promise<DeviceRow | null> =>
  (await ofPerson(tx, ref).selectAll().where('secret_hash', '=', secretHash).executeTakeFirst()) ?? null

/** The most recently used first. */
export const readDevices = (tx: Tx, ref: PersonRef, limit: number): Promise<DeviceRow[]> =>
  ofPerson(tx, ref).selectAll().orderBy('last_seen_at', 'desc').orderBy('id').limit(limit).execute()

export const insertDevice = async (tx: Tx, row: Omit<DeviceRow, 'org_id'>): Promise<void> => {
  await tables(tx)
    .insertInto('devices')
    .values({ ...row, org_id: tx.organizationId })
    .execute()
}

export type Seen = Pick<DeviceRow, 'user_agent' | 'address'> &
  Partial<Pick<DeviceRow, 'trusted_at' | 'trusted_until' | 'secret_hash'>>

export const markDevice = async (tx: Tx, id: string, seen: Seen): Promise<void> => {
  await tables(tx)
    .updateTable('devices')
    .set({ ...seen, last_seen_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .execute()
}

/** A browser holds one secret for everybody who signs in there: with another one it is still theirs. */
export const passOn = async (tx: Tx, from: Buffer, to: Buffer): Promise<void> => {
  await tables(tx)
    .updateTable('devices')
    .set({ secret_hash: to })
    .where('org_id', '=', tx.organizationId)
    .where('secret_hash', '=', from)
    .execute()
}

/** All but those that somebody has used most recently. */
export const dropRest = async (tx: Tx, ref: PersonRef, kept: number): Promise<void> => {
  const newest = ofPerson(tx, ref).select('id').orderBy('last_seen_at', 'desc').orderBy('id', 'desc').limit(kept)
  await tables(tx)
    .deleteFrom('devices')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', ref.homeId)
    .where('person_id', '=', ref.personId)
    .where('id', 'not in', newest)
    .execute()
}

export const deleteDevice = async (tx: Tx, { homeId, personId }: PersonRef, id: string): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('devices')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
}

export const deleteDevicesOf = async (tx: Tx, { homeId, personId }: PersonRef): Promise<void> => {
  await tables(tx)
    .deleteFrom('devices')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .execute()
}

/** The same of everybody of one home. */
export const deleteDevicesFrom = async (tx: Tx, homeId: string): Promise<void> => {
  await tables(tx).deleteFrom('devices').where('org_id', '=', tx.organizationId).where('home_id', '=', homeId).execute()
}

export const deleteUnseen = async (tx: Tx, before: Date): Promise<void> => {
  await tables(tx)
    .deleteFrom('devices')
    .where('org_id', '=', tx.organizationId)
    .where('last_seen_at', '<', before)
    .execute()
}

export const readTrustEnd = async (tx: Tx, personId: string): Promise<Date | null> => {
  const row = await tables(tx)
    .selectFrom('device_trust_ends')
    .select('ended_at')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.ended_at ?? null
}

export const writeTrustEnd = async (tx: Tx, personId: string, ended_at: Date): Promise<void> => {
  await tables(tx)
    .insertInto('device_trust_ends')
    .values({ org_id: tx.organizationId, person_id: personId, ended_at })
    .onConflict((conflict) => conflict.columns(['org_id', 'person_id']).doUpdateSet({ ended_at }))
    .execute()
}

export const deleteTrustEnd = async (tx: Tx, personId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('device_trust_ends')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .execute()
}
