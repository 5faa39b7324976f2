import { days, fromNow } from '#platform/clock'
import type { Action } from '../action.ts'
import { neededOf, textOf } from '../fields.ts'
import type { Sent } from '../sent.ts'

/** A rule as the form asks for it: each attribute has a field for its own value. */
const ruleOf = (sent: Sent) => {
  const attribute = textOf(sent, 'attribute')
  if (attribute === '') return null
  return { attribute, operator: textOf(sent, 'operator') || 'is', value: textOf(sent, `value_${attribute}`) }
}

const isSameRule = (sent: Sent): boolean => JSON.stringify(ruleOf(sent)) === textOf(sent, 'rule_before')

const wordsOf = (sent: Sent) => ({ name: neededOf(sent, 'name'), description: textOf(sent, 'description') })

/** A moment so many days from now; none for whatever is no number of days. */
export const endOf = (chosen: string): string | null =>
  /^[1-9]\d{0,2}$/.test(chosen) ? fromNow(days(Number(chosen))).toISOString() : null

export const groupActions: readonly Action[] = [
  {
    operation: 'groups.create',
    notice: 'group_created',
    body: (sent) => ({ ...wordsOf(sent), rule: ruleOf(sent) }),
  },
  {
    // Whoever changes a rule decides who holds what the group gives; whoever mends a name does not.
    operation: 'groups.update',
    notice: 'group_saved',
    body: (sent) => ({ ...wordsOf(sent), ...(isSameRule(sent) ? {} : { rule: ruleOf(sent) }) }),
  },
  { operation: 'groups.remove', notice: 'group_removed' },
  { operation: 'groups.add-member', notice: 'group_member_added' },
  { operation: 'groups.remove-member', notice: 'group_member_removed' },
]

export const grantActions: readonly Action[] = [
  {
    operation: 'grants.give',
    notice: 'role_given',
    body: (sent) => {
      const homeId = textOf(sent, 'subject.home_id')
      return {
        subject: {
          kind: textOf(sent, 'subject.kind'),
          id: textOf(sent, 'subject.id'),
          ...(homeId === '' ? {} : { home_id: homeId }),
        },
        role: neededOf(sent, 'role'),
        reach: textOf(sent, 'reach') === 'subtree' ? 'subtree' : 'organization',
        ends_at: endOf(textOf(sent, 'ends_in')),
      }
    },
  },
  { operation: 'grants.take-back', notice: 'role_taken_back' },
]
