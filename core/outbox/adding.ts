import { announce, type Tx } from '#platform/database'
import { newId } from '#platform/ids'
import type { OutboxOptions } from './contract.ts'
import { insertRow } from './store.ts'

/** Adds an event to the change under way; answers its id. */
export const add = async (tx: Tx, event: string, payload: object, options: OutboxOptions = {}): Promise<string> => {
  const id = newId('out')
  await insertRow(tx, { id, organizationId: tx.organizationId, event, payload: JSON.stringify(payload), ...options })
  await announce(tx, 'outbox', tx.organizationId)
  return id
}
