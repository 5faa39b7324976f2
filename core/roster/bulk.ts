// The same thing done to many: each for itself, so that one who may not be touched keeps nobody else waiting.

import type { Actor, ConsolePermission } from '#core/authority/contract'
import { fail, isFailure } from '#platform/failure'
import { changeKind } from './changing.ts'
import { type BulkResult, type BulkWish, bulkWish, mostAtOnce } from './contract.ts'
import { giveRole, putIntoGroup } from './giving.ts'
import { read } from './reading.ts'
import { decline, remove } from './removing.ts'
import { resetPassword, resetSecondStep } from './resetting.ts'
import { approve, endSessions, resume, suspend } from './standing.ts'
import { requireAt } from './target.ts'

const needs: Record<BulkWish['action'], ConsolePermission> = {
  suspend: 'people.suspend',
  resume: 'people.suspend',
  remove: 'people.delete',
  'end-sessions': 'people.suspend',
  approve: 'sign-up.approve',
  decline: 'sign-up.approve',
  'reset-password': 'people.reset',
  'reset-second-step': 'people.reset',
  'change-kind': 'people.update',
  'give-role': 'role.assign',
  'add-to-group': 'group.manage',
}

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
    case 'give-role': {
      const { role, reach, endsAt } = wish
      return giveRole(at, by, personId, { role, reach, endsAt })
    }
    case 'add-to-group':
      return putIntoGroup(at, by, personId, wish.group)
  }
}

/**
 * Does one thing to up to 500 people and says of each what became of it, in the order in which they were named first. Whoever
 * may not do it to anybody here is refused as a whole. Opens units of work of its own.
 */
export const bulk = async (
  organizationId: string,
  by: Actor,
  personIds: readonly string[],
  wanted: BulkWish,
): Promise<BulkResult[]> => {
  const wish = read(bulkWish, wanted)
  requireAt(by, needs[wish.action], organizationId)
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
