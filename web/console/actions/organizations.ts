import type { Action } from '../action.ts'
import type { Sent } from '../sent.ts'

const text = (value: Sent[string]): string => (typeof value === 'string' ? value.trim() : '')

/** The first person of a new business: one address, one role, and as far down as that role is for. */
const administrator = (sent: Sent) => ({
  emails: [text(sent.email)].filter((email) => email !== ''),
  kind: 'staff',
  roles: [{ role: text(sent.role), reach: 'subtree' }],
  message: text(sent.message),
  locale: text(sent.locale) || null,
})

type Results = { results: { email: string; outcome: string; problem?: { code: string } }[] }
const firstOf = (answer: unknown) => (answer as Results).results[0]
const sentOutcomes = ['invited', 'resent']

export const organizationActions: readonly Action[] = [
  { operation: 'organizations.create', notice: 'organization_created' },
  { operation: 'organizations.move', notice: 'organization_moved' },
  { operation: 'organizations.suspend', notice: 'organization_suspended' },
  { operation: 'organizations.resume', notice: 'organization_resumed' },
  { operation: 'organizations.delete', notice: 'organization_deleted' },
  {
    name: 'organizations.invite-administrator',
    operation: 'invitations.create',
    notice: 'administrator_invited',
    body: administrator,
    tell: (answer) => ({ values: { email: firstOf(answer)?.email ?? '' } }),
    noticeOf: (answer) =>
      sentOutcomes.includes(firstOf(answer)?.outcome ?? '') ? 'administrator_invited' : 'administrator_not_invited',
  },
]
