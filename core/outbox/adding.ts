import { announce, type Tx } from '#platform/database'
import { newId } from '#platform/ids'
import type { OutboxOptions } from './contract.ts'
import { insertRow } from './store.ts'

/** Workers look for everything once they are woken: one word for each unit of work is enough. */
const woken = new WeakSet<Tx>()

/** Adds an event to the change under way; answers its id. */
export const add = async (
  tx: Tx,
  event: string,
  payload: object,
  { id = newId('out'), ...options }: OutboxOptions = {},
): Promise<string> => {
  await insertRow(tx, { id, organizationId: tx.organizationId, event, payload: JSON.stringify(payload), ...options })
  if (!woken.has(tx)) {
    woken.add(tx)
    await announce(tx, 'outbox', tx.organizationId)
  }
  return id
}
