import type { Action } from '../action.ts'

export const recoveryActions: readonly Action[] = [
  { operation: 'recovery-requests.approve', notice: 'recovery_approved' },
  { operation: 'recovery-requests.decline', notice: 'recovery_declined' },
]
