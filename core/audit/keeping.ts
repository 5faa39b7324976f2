// How long the details of a trail are kept, and how the trail stands: sealed up to when, and what was found when it was last
// held against its seals.

import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { days, fromNow, minutes } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { type AuditStanding, type AuditVerdict, longestRetentionDays, shortestRetentionDays } from './contract.ts'
import { record, retain } from './recording.ts'
import { seal, verify } from './seals.ts'
import { readKeeping, readSealedUpTo, writeCheck, writeRetention } from './store.ts'

/** How the trail of the transaction's organization stands. `chain` is its ancestors, for the decision. */
export const standing = async (tx: Tx, by: Actor, chain: readonly string[]): Promise<AuditStanding> => {
  requirePermission(by, 'audit.read', chain)
  const kept = await readKeeping(tx)
  return {
    retentionDays: kept?.retention_days ?? null,
    sealedUpTo: await readSealedUpTo(tx),
    check: kept?.checked_at
      ? { at: kept.checked_at, records: kept.checked, faults: kept.faults, unsealed: kept.unsealed }
      : null,
  }
}

const isWithin = (count: number) =>
  Number.isInteger(count) && count >= shortestRetentionDays && count <= longestRetentionDays

/** From now on details are emptied once they are so many days old; null keeps them for good. */
export const setRetention = async (
  tx: Tx,
  by: Actor,
  chain: readonly string[],
  count: number | null,
): Promise<void> => {
  requirePermission(by, 'organization.update', chain)
  if (count !== null && !isWithin(count)) {
    const bounds = { least: shortestRetentionDays, most: longestRetentionDays }
    return fail('audit.retention_out_of_bounds', 'days', bounds)
  }
  const before = (await readKeeping(tx))?.retention_days ?? null
  if (before === count) return
  await writeRetention(tx, count)
  const target = { kind: 'organization', id: tx.organizationId }
  await record(tx, by, 'audit.retention_changed', target, { before: { days: before }, after: { days: count } })
}

/** Empties what the transaction's organization does not want to keep any longer; answers of how many records. */
export const retainDue = async (tx: Tx, by: Actor): Promise<number> => {
  const wanted = (await readKeeping(tx))?.retention_days ?? null
  return wanted === null ? 0 : retain(tx, by, fromNow(-days(wanted)))
}

const remembered = async (organizationId: string, leave?: (tx: Tx, found: AuditVerdict) => Promise<void>) => {
  const found = await verify(organizationId)
  await withOrganization(organizationId, async (tx) => {
    await writeCheck(tx, { records: found.records, faults: found.faults.length, unsealed: found.unsealed })
    await leave?.(tx, found)
  })
  return found
}

/** Reading a whole trail is work: nobody makes a server do nothing else. */
const betweenMs = minutes(1)

const requireRest = async (tx: Tx): Promise<void> => {
  const last = (await readKeeping(tx))?.checked_at
  const again = last && new Date(last.getTime() + betweenMs)
  if (again && again > fromNow(0)) fail('audit.checked_just_now', undefined, { retryAt: again.toISOString() })
}

/** Seals what is settled, and holds the trail against its seals now. Opens units of work of its own. */
export const check = async (organizationId: string, by: Actor, chain: readonly string[]): Promise<AuditVerdict> => {
  await withOrganization(organizationId, async (tx) => {
    requirePermission(by, 'audit.read', chain)
    await requireRest(tx)
  })
  await seal(organizationId)
  return remembered(organizationId, (tx, { records, faults }) =>
    record(tx, by, 'audit.checked', { kind: 'audit', id: 'seals' }, { records, faults: faults.length }),
  )
}

/** The same once a day without anybody asking; null where it is not due. */
export const checkDue = async (organizationId: string): Promise<AuditVerdict | null> => {
  const kept = await withOrganization(organizationId, readKeeping)
  if (kept?.checked_at && kept.checked_at > fromNow(-days(1))) return null
  return remembered(organizationId)
}
