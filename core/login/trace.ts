// A guess leaves a trace, also one about somebody who does not exist; the trail holds no address in clear text.

import { record } from '#core/audit'
import type { Tx } from '#platform/database'
import { keyedHash } from '#platform/secrets'
import type { AttemptFailure, LoginContext } from './contract.ts'

export const traceOf =
  ({ by }: LoginContext, key: string, { code }: AttemptFailure) =>
  (tx: Tx): Promise<void> => {
    const id = keyedHash('audit account', key).toString('base64url')
    return record(tx, by, 'session.refused', { kind: 'account', id }, { why: code })
  }
