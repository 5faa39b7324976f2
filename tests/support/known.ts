// For tests: what an organization keeps of somebody who has come in by its door.

import { systemActor as by } from '#core/authority'
import { agree } from '#core/consents'
import { remember } from '#core/devices'
import type { PersonRef } from '#core/people/contract'
import type { Tx } from '#platform/database'

/** A browser that is trusted, and terms that they have agreed to. */
export const beKnown = async (tx: Tx, ref: PersonRef): Promise<void> => {
  await remember(tx, by, ref, null, { trust: true })
  await agree(tx, by, ref, [{ id: 'terms', version: 1 }])
}
