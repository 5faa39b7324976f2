import { splitAddresses } from '#core/invitations'
import { canonicalEmail } from '#core/people'
import { fail } from '#platform/failure'
import type { Action, Told } from '../action.ts'
import { listOf, textOf } from '../fields.ts'

type Result = { email: string | null; outcome: string; problem?: { title: string; detail?: string } }
type Results = { results: Result[] }

const resultsOf = (answer: unknown): Result[] => (answer as Results).results

/** What the page after it lists: each address, what became of it, and why not. */
const detailsOf = (results: readonly Result[]) =>
  results.map(({ email, outcome, problem }) => ({
    email,
    outcome,
    ...(problem ? { why: [problem.title, problem.detail].filter(Boolean).join(' ') } : {}),
  }))

const isSent = ({ outcome }: Result) => outcome === 'invited' || outcome === 'resent'

const tellSent = (answer: unknown): Told => {
  const results = resultsOf(answer)
  const sent = results.filter(isSent).length
  return { values: { sent, others: results.length - sent }, details: detailsOf(results) }
}

const tellChanged = (answer: unknown): Told => {
  const results = resultsOf(answer)
  const done = results.filter(({ outcome }) => outcome === 'done').length
  return { values: { done, others: results.length - done }, details: detailsOf(results) }
}

const hasOthers = (answer: unknown, isDone: (result: Result) => boolean): boolean => !resultsOf(answer).every(isDone)

/** Nothing is sent while a word among them is no address: whoever pasted it still has the list before them. */
const addressesOf = (typed: string): string[] => {
  const emails = splitAddresses(typed)
  if (emails.length === 0) return fail('input.missing', 'emails')
  return emails.every((email) => canonicalEmail(email) !== null) ? emails : fail('email.invalid', 'emails')
}

export const invitationActions: readonly Action[] = [
  {
    operation: 'invitations.create',
    notice: 'invitations_sent',
    body: (sent) => {
      const role = textOf(sent, 'role')
      const reach = textOf(sent, 'reach') === 'subtree' ? 'subtree' : 'organization'
      const days = textOf(sent, 'lifetime_days')
      return {
        emails: addressesOf(textOf(sent, 'emails')),
        kind: textOf(sent, 'kind') || 'staff',
        roles: role === '' ? [] : [{ role, reach }],
        groups: listOf(sent, 'groups'),
        message: textOf(sent, 'message'),
        lifetime_days: days === '' ? undefined : Number(days),
        locale: textOf(sent, 'locale') || null,
      }
    },
    tell: tellSent,
    noticeOf: (answer) => (hasOthers(answer, isSent) ? 'invitations_sent_some' : 'invitations_sent'),
  },
  { operation: 'invitations.resend', notice: 'invitation_resent' },
  { operation: 'invitations.revoke', notice: 'invitation_revoked' },
  {
    operation: 'invitations.change-in-bulk',
    notice: 'invitations_changed',
    tell: tellChanged,
    noticeOf: (answer) =>
      hasOthers(answer, ({ outcome }) => outcome === 'done') ? 'invitations_changed_some' : 'invitations_changed',
  },
]
