import type { Action } from '../action.ts'

type Invited = { email: string }

export const businessActions: readonly Action[] = [
  {
    operation: 'business-invitations.create',
    notice: 'business_invited',
    tell: (answer) => ({ values: { email: (answer as Invited).email } }),
  },
  { operation: 'business-requests.approve', notice: 'business_approved' },
  { operation: 'business-requests.decline', notice: 'business_declined' },
  { operation: 'organizations.transfer-ownership', notice: 'ownership_given' },
]
