// What somebody says they are called, as it is compared.

import { canonicalEmail } from '#core/people'
import { fail } from '#platform/failure'
import type { Named } from './attempts.ts'
import type { LoginContext } from './contract.ts'

/** Fails with `email.invalid` where it can be nobody's. */
export const namedBy = (_ctx: LoginContext, typed: string): Named => {
  const key = canonicalEmail(typed)
  return key === null ? fail('email.invalid', 'username') : { kind: 'email', key }
}
