// What somebody says they are called, as it is compared.

import { identifierOf, identifiersOf } from '#core/people'
import type { Identifier } from '#core/people/contract'
import { fail } from '#platform/failure'
import type { LoginContext } from './contract.ts'
import { organizationOf } from './proven.ts'

/** Fails with `email.invalid`, or `identifier.invalid` where other names are known as well, for what can be nobody's. */
export const namedBy = (ctx: LoginContext, typed: string): Identifier => {
  const allowed = identifiersOf(organizationOf(ctx))
  const named = identifierOf(typed, allowed)
  if (named) return named
  const isEmailAlone = allowed.every((kind) => kind === 'email')
  return fail(isEmailAlone ? 'email.invalid' : 'identifier.invalid', 'username')
}
