import { sql } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import type { Tx } from '#platform/database'

/** What goes with the organization. */
export const belongings = belongingsOf('passwords', 'totp_factors', 'passkeys', 'recovery_codes', 'phone_factors')

/** Until the unit of work ends nobody else adds anything of this person: they are counted before one more is added. */
export const lockFactors = async (tx: Tx, personId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`factors\n${tx.organizationId}\n${personId}`}, 0))`.execute(
    tx.sql,
  )
}

type Instant = string
export type FactorRows = {
  passwords: { changed_at: Instant; must_change: boolean }[]
  passkeys: {
    id: string
    credential_id: string
    transports: string[]
    aaguid: string | null
    rp_id: string
    name: string | null
    device_type: 'single' | 'multi'
    is_synced: boolean
    is_verified: boolean
    created_at: Instant
    last_used_at: Instant | null
  }[]
  apps: { name: string | null; created_at: Instant; last_used_at: Instant | null }[]
  phones: { id: string; number: string; verified_at: Instant; last_used_at: Instant | null }[]
  codes: number
}

/** One statement whatever a person has, nothing and nobody included. */
export const readFactors = async (tx: Tx, personId: string): Promise<FactorRows> => {
  const home = tx.organizationId
  const { rows } = await sql<FactorRows>`
    select
      (select coalesce(json_agg(json_build_object('changed_at', changed_at, 'must_change', must_change)), '[]')
       from passwords where org_id = ${home} and person_id = ${personId}) as passwords,
      (select coalesce(json_agg(json_build_object(
         'id', id, 'credential_id', encode(credential_id, 'hex'), 'transports', transports, 'aaguid', aaguid,
         'rp_id', rp_id, 'name', name, 'device_type', device_type, 'is_synced', is_synced,
         'is_verified', is_verified, 'created_at', created_at, 'last_used_at', last_used_at) order by created_at, id), '[]')
       from passkeys where org_id = ${home} and person_id = ${personId}) as passkeys,
      (select coalesce(json_agg(json_build_object(
         'name', name, 'created_at', created_at, 'last_used_at', last_used_at)), '[]')
       from totp_factors where org_id = ${home} and person_id = ${personId}) as apps,
      (select coalesce(json_agg(json_build_object(
         'id', id, 'number', number, 'verified_at', verified_at, 'last_used_at', last_used_at)
         order by verified_at, id), '[]')
       from phone_factors where org_id = ${home} and person_id = ${personId}) as phones,
      (select count(*)::int
       from recovery_codes where org_id = ${home} and person_id = ${personId} and used_at is null) as codes`.execute(
    tx.sql,
  )
  return rows[0] as FactorRows
}
