// Writing the trail, reading it, and emptying the details of what is old or about somebody who is gone.

import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { deviceOf } from '#platform/device'
import { newId } from '#platform/ids'
import type { AuditAction, AuditDetails, AuditQuery, AuditRecord, AuditTarget } from './contract.ts'
import { fingerprint, masked } from './rules.ts'
import { countByDay, eraseDetailsAbout, eraseDetailsBefore, insertDetails, insertRecord, readRecords } from './store.ts'

/** Records a change; commits with it or not at all. `action` reads `<thing>.<what was done>`. */
export const record = async (
  tx: Tx,
  by: Actor,
  action: AuditAction,
  target: AuditTarget,
  details: AuditDetails = {},
): Promise<void> => {
  const id = newId('aud')
  // As it will be read back: dates are strings there, and what is undefined is gone.
  const { browser, system } = deviceOf(by.userAgent ?? '')
  const kept = JSON.parse(JSON.stringify(masked(details))) as AuditDetails
  await insertRecord(tx, {
    org_id: tx.organizationId,
    id,
    at: now(),
    actor_kind: by.kind,
    actor_home_id: by.homeId ?? null,
    actor_id: by.personId ?? null,
    action,
    target_kind: target.kind,
    target_id: target.id,
    details_hash: fingerprint(kept),
    address: by.address ?? null,
    request_id: by.requestId ?? null,
    browser,
    system,
  })
  await insertDetails(tx, { org_id: tx.organizationId, record_id: id, details: JSON.stringify(kept) })
}

/** A page of the transaction's organization's trail, the newest first. `chain` is its ancestors, for the decision. */
export const list = async (
  tx: Tx,
  by: Actor,
  chain: readonly string[],
  query: AuditQuery,
): Promise<{ records: AuditRecord[]; next: string | null }> => {
  requirePermission(by, 'audit.read', chain)
  const found = await readRecords(tx, query)
  const records = found.slice(0, query.limit)
  return { records, next: found.length > query.limit ? (records.at(-1)?.id ?? null) : null }
}

/** Empties the details of what is older than `before`; that it was done is on record itself. */
export const retain = async (tx: Tx, by: Actor, before: Date): Promise<number> => {
  const count = await eraseDetailsBefore(tx, before)
  if (count > 0) await record(tx, by, 'audit.details_erased', { kind: 'audit', id: 'retention' }, { before, count })
  return count
}

/**
 * Empties the details about people who are erased, and whichever name their addresses. What they did to others stays told.
 * `target` is who the record of it is about: the person, or their home where that is erased with everybody.
 */
export const eraseAbout = async (
  tx: Tx,
  by: Actor,
  target: AuditTarget,
  people: readonly { id: string; email: string }[],
): Promise<void> => {
  const count = await eraseDetailsAbout(tx, people)
  if (count > 0) await record(tx, by, 'audit.details_erased', target, { count })
}

/** How often something happened in the transaction's organization since a moment, by day (UTC). */
export const happenedByDay = (tx: Tx, action: AuditAction, from: Date): Promise<{ day: string; count: number }[]> =>
  countByDay(tx, action, from)
