import { fail } from '#platform/failure'
import { actOnMany } from '../../operations/people-many.ts'
import type { Action, Told } from '../action.ts'
import { bodyOf, type Sent } from '../sent.ts'

const text = (value: Sent[string]): string => (typeof value === 'string' ? value.trim() : '')

/** A day as a form says it: until it is over everywhere on earth. */
const endOf = (day: string): string | null => (day === '' ? null : `${day}T23:59:59Z`)

const roleIn = (sent: Sent) => ({ role: text(sent.role), reach: text(sent.reach), ends_at: endOf(text(sent.ends_at)) })

const roleOfPerson = (sent: Sent) => ({
  subject: { kind: 'person', id: text(sent.person), ...(text(sent.home_id) ? { home_id: text(sent.home_id) } : {}) },
  ...roleIn(sent),
})

/** What takes something away from people is done for a reason, also where a program may leave it out. */
const wantsReason: ReadonlySet<string> = new Set([
  'suspend',
  'remove',
  'decline',
  'reset-password',
  'reset-second-step',
])

const many = (sent: Sent) => {
  const action = text(sent.action)
  if (wantsReason.has(action) && text(sent.reason) === '') return fail('input.missing', 'reason')
  const body = bodyOf(actOnMany.body, sent)
  return action === 'give-role' ? { ...(body as object), ...roleIn(sent) } : body
}

type ManyAnswer = { done: number; refused: number; results: { person_id: string; problem?: { code: string } }[] }

/** How many, and of those who were left alone why. */
const toldOfMany = (answer: unknown): Told => {
  const { done, refused, results } = answer as ManyAnswer
  const left = results.flatMap(({ person_id: id, problem }) => (problem ? [{ id, code: problem.code }] : []))
  return { values: { done, refused }, details: { done, left } }
}

const fileIn = (sent: Sent) => ({
  csv: typeof sent.csv === 'string' ? sent.csv : '',
  dry_run: text(sent.dry_run) !== 'false',
})

export const peopleActions: readonly Action[] = [
  { operation: 'people.create', notice: 'person_created' },
  { operation: 'people.add-existing', notice: 'person_added' },
  { operation: 'people.update', notice: 'person_saved' },
  { operation: 'people.change-kind', notice: 'person_saved' },
  { operation: 'people.suspend', notice: 'person_suspended', needs: ['reason'] },
  { operation: 'people.resume', notice: 'person_resumed' },
  { operation: 'people.end-sessions', notice: 'person_signed_out' },
  { operation: 'people.reset-password', notice: 'person_password_reset', needs: ['reason'] },
  { operation: 'people.ask-new-password', notice: 'person_new_password_asked', needs: ['reason'] },
  { operation: 'people.reset-second-step', notice: 'person_second_step_reset', needs: ['reason'] },
  { operation: 'people.approve', notice: 'person_approved' },
  { operation: 'people.decline', notice: 'person_declined', needs: ['reason'] },
  { operation: 'people.remove', notice: 'person_removed', needs: ['reason'] },
  { operation: 'people.bulk', notice: 'people_done', body: many, tell: toldOfMany },
  { operation: 'people.import', notice: 'people_imported', body: fileIn },
  { name: 'people.give-role', operation: 'grants.give', notice: 'person_role_given', body: roleOfPerson },
  { name: 'people.take-back-role', operation: 'grants.take-back', notice: 'person_role_taken_back' },
  { name: 'people.add-to-group', operation: 'groups.add-member', notice: 'person_grouped' },
  { name: 'people.remove-from-group', operation: 'groups.remove-member', notice: 'person_ungrouped' },
]
