// The chain: what is a few minutes old is sealed, and what is sealed can be held against what is there.

import { createHash } from 'node:crypto'
import { fromNow, minutes } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { firstIdAt } from '#platform/ids'
import { keyedHash, sameBytes } from '#platform/secrets'
import type { AuditFault, AuditVerdict } from './contract.ts'
import { canonical, isFingerprintOf } from './rules.ts'
import { insertSeal, lockSealing, type RecordRow, readLastSeal, readSeals, readStretch, type SealRow } from './store.ts'

const leafBytes = 16
const mostInSeal = 1000
/** Ids are given out before they commit. Nothing takes so long; what would come later than this, would be found out. */
const settledAfterMs = minutes(5)

const leafOf = (row: RecordRow): Buffer =>
  createHash('sha256')
    .update(
      canonical([
        row.id,
        row.at.toISOString(),
        row.actor_kind,
        row.actor_home_id,
        row.actor_id,
        row.action,
        row.target_kind,
        row.target_id,
        Buffer.from(row.details_hash).toString('base64'),
        row.address,
        row.request_id,
        // Where nothing is known of it, as in all older records, it is not counted in.
        ...(row.browser === null && row.system === null ? [] : [row.browser, row.system]),
      ]),
    )
    .digest()
    .subarray(0, leafBytes)

type Sealed = Pick<SealRow, 'number' | 'first_id' | 'last_id' | 'leaves'>

const hashOf = (organizationId: string, seal: Sealed, before: Uint8Array | null): Buffer =>
  keyedHash(
    'audit seal',
    canonical([
      organizationId,
      seal.number,
      seal.first_id,
      seal.last_id,
      Buffer.from(seal.leaves).toString('base64'),
      before ? Buffer.from(before).toString('base64') : null,
    ]),
  )

const sealOnce = async (tx: Tx, upTo: string): Promise<number> => {
  if (!(await lockSealing(tx))) return 0
  const last = await readLastSeal(tx)
  const rows = await readStretch(tx, { after: last?.last_id ?? '', upTo, limit: mostInSeal })
  const [first, final] = [rows[0], rows.at(-1)]
  if (!first || !final) return 0
  const seal = {
    number: (last?.number ?? 0) + 1,
    first_id: first.id,
    last_id: final.id,
    leaves: Buffer.concat(rows.map(leafOf)),
  }
  await insertSeal(tx, { ...seal, hash: hashOf(tx.organizationId, seal, last?.hash ?? null) })
  return rows.length
}

/** Seals what is settled of an organization's trail; answers how many records. Opens units of work of its own. */
export const seal = async (organizationId: string): Promise<number> => {
  const upTo = firstIdAt('aud', fromNow(-settledAfterMs))
  let total = 0
  for (;;) {
    const count = await withOrganization(organizationId, (tx) => sealOnce(tx, upTo))
    total += count
    if (count < mostInSeal) return total
  }
}

const faultsOfSeal = async (
  tx: Tx,
  found: SealRow,
  after: string,
): Promise<{ faults: AuditFault[]; records: number }> => {
  const leaves = Buffer.from(found.leaves)
  const count = leaves.length / leafBytes
  // One more than were sealed would show what was put in between.
  const rows = await readStretch(tx, { after, upTo: found.last_id, limit: count + mostInSeal })
  const faults: AuditFault[] = []
  const known = new Map(rows.map((row) => [leafOf(row).toString('hex'), row]))
  const sealedLeaves = Array.from({ length: count }, (_, index) =>
    leaves.subarray(index * leafBytes, (index + 1) * leafBytes).toString('hex'),
  )
  const strange = rows.filter((row) => !sealedLeaves.includes(leafOf(row).toString('hex')))
  const missing = sealedLeaves.filter((leaf) => !known.has(leaf)).length
  // A record that reads differently is one missing and one strange; what is left over was removed or put in.
  const altered = Math.min(missing, strange.length)
  for (const [index, row] of strange.entries()) {
    faults.push({ seal: found.number, recordId: row.id, what: index < altered ? 'altered' : 'inserted' })
  }
  for (let index = altered; index < missing; index += 1)
    faults.push({ seal: found.number, recordId: null, what: 'removed' })
  for (const row of rows) {
    if (row.details !== null && !isFingerprintOf(row.details_hash, row.details)) {
      faults.push({ seal: found.number, recordId: row.id, what: 'details_altered' })
    }
  }
  return { faults, records: rows.length }
}

/** Holds an organization's trail against its seals: finds a record that was altered, removed, inserted or reordered. */
export const verify = (organizationId: string): Promise<AuditVerdict> =>
  withOrganization(organizationId, async (tx) => {
    const verdict: AuditVerdict = { seals: 0, records: 0, unsealed: 0, faults: [] }
    let before: SealRow | null = null
    for (const found of await readSeals(tx)) {
      const isNext = found.number === (before?.number ?? 0) + 1 && found.first_id > (before?.last_id ?? '')
      if (!isNext || !sameBytes(found.hash, hashOf(organizationId, found, before?.hash ?? null))) {
        verdict.faults.push({ seal: found.number, recordId: null, what: 'seal_broken' })
      }
      const { faults, records } = await faultsOfSeal(tx, found, before?.last_id ?? '')
      verdict.faults.push(...faults)
      verdict.records += records
      verdict.seals += 1
      before = found
    }
    verdict.unsealed = (
      await readStretch(tx, {
        after: before?.last_id ?? '',
        upTo: firstIdAt('aud', fromNow(minutes(60))),
        limit: 100_000,
      })
    ).length
    return verdict
  })
