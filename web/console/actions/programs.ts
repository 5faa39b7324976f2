import type { Action } from '../action.ts'
import { listOf, neededOf, textOf } from '../fields.ts'
import type { Sent } from '../sent.ts'
import { endOf } from './groups.ts'

const wordsOf = (sent: Sent) => ({ name: neededOf(sent, 'name'), description: textOf(sent, 'description') })

export const programActions: readonly Action[] = [
  { operation: 'service-accounts.create', notice: 'program_created', body: wordsOf },
  { operation: 'service-accounts.update', notice: 'program_saved', body: wordsOf },
  { operation: 'service-accounts.suspend', notice: 'program_suspended' },
  { operation: 'service-accounts.resume', notice: 'program_resumed' },
  { operation: 'service-accounts.remove', notice: 'program_removed' },
  {
    operation: 'tokens.create',
    notice: 'token_created',
    body: (sent) => ({
      name: neededOf(sent, 'name'),
      scopes: listOf(sent, 'scopes'),
      expires_at: endOf(textOf(sent, 'expires_in')),
    }),
    // Shown by the next page alone; what is kept of it from then on is its hash.
    tell: (answer) => {
      const { token, name } = answer as { token: string; name: string }
      return { details: { token, name } }
    },
  },
  { operation: 'tokens.revoke', notice: 'token_revoked' },
]
