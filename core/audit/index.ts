// Owns audit_records and audit_details: what happened in an organization, append-only.
// Calls nothing; called by every module that writes, in the transaction of the change.

import type { Actor } from '#core/authority/contract'
import type { Tx } from '#platform/database'
import { newId } from '#platform/ids'
import type { AuditDetails, AuditTarget } from './contract.ts'
import { fingerprint, masked } from './rules.ts'
import { insertDetails, insertRecord } from './store.ts'

/** Records a change; commits with it or not at all. `action` reads `<thing>.<what was done>`. */
export const record = async (
  tx: Tx,
  by: Actor,
  action: string,
  target: AuditTarget,
  details: AuditDetails = {},
): Promise<void> => {
  const id = newId('aud')
  const kept = JSON.stringify(masked(details))
  await insertRecord(tx, {
    org_id: tx.organizationId,
    id,
    actor_kind: by.kind,
    actor_home_id: by.homeId ?? null,
    actor_id: by.personId ?? null,
    action,
    target_kind: target.kind,
    target_id: target.id,
    details_hash: fingerprint(kept),
    address: by.address ?? null,
    request_id: by.requestId ?? null,
  })
  await insertDetails(tx, { org_id: tx.organizationId, record_id: id, details: kept })
}
