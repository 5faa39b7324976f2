// The same thing done to many: each for itself, so that one who may not be touched keeps nobody else waiting.

import type { Actor } from '#core/authority/contract'
import { fail, isFailure } from '#platform/failure'
import { changeKind } from './changing.ts'
import { type BulkResult, type BulkWish, bulkWish, mostAtOnce } from './contract.ts'
import { read } from './reading.ts'
import { decline, remove } from './removing.ts'
import { resetPassword, resetSecondStep } from './resetting.ts'
import { approve, endSessions, resume, suspend } from './standing.ts'

const one = (at: string, by: Actor, personId: string, wish: BulkWish): Promise<void> => {
  switch (wish.action) {
    case 'suspend':
      return suspend(at, by, personId, wish)
    case 'resume':
      return resume(at, by, personId, wish)
    case 'remove':
      return remove(at, by, personId, wish)
    case 'end-sessions':
      return endSessions(at, by, personId)
    case 'approve':
      return approve(at, by, personId)
    case 'decline':
      return decline(at, by, personId, wish)
    case 'reset-password':
      return resetPassword(at, by, personId, wish)
    case 'reset-second-step':
      return resetSecondStep(at, by, personId, wish)
    case 'change-kind':
      return changeKind(at, by, personId, wish.kind)
  }
}

/**
 * Does one thing to up to 500 people and says of each what became of it, in the order in which they were named first. Whoever
 * may not do it at all hears so of each. Opens units of work of its own.
 */
export const bulk = async (
  organizationId: string,
  by: Actor,
  personIds: readonly string[],
  wanted: BulkWish,
): Promise<BulkResult[]> => {
  const wish = read(bulkWish, wanted)
  const ids = [...new Set(personIds)]
  if (ids.length > mostAtOnce) return fail('roster.too_many', 'personIds', { most: mostAtOnce })
  const results: BulkResult[] = []
  for (const personId of ids) {
    try {
      await one(organizationId, by, personId, wish)
      results.push({ personId, isDone: true })
    } catch (error) {
      if (!isFailure(error)) throw error
      results.push({ personId, isDone: false, code: error.code })
    }
  }
  return results
}
