import type { Action } from '../action.ts'

const seen = (answer: unknown) => ((answer as { verified: boolean }).verified ? 'domain_proven' : 'domain_not_seen')

export const domainActions: readonly Action[] = [
  { operation: 'domains.add', notice: 'domain_added' },
  { operation: 'domains.check', notice: 'domain_proven', noticeOf: seen },
  { operation: 'domains.choose', notice: 'address_chosen' },
  { operation: 'domains.remove', notice: 'domain_removed' },
  { operation: 'email-domains.add', notice: 'domain_added' },
  { operation: 'email-domains.check', notice: 'domain_proven', noticeOf: seen },
  { operation: 'email-domains.remove', notice: 'domain_removed' },
]
