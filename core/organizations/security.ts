// The policy of an organization, between how it is kept and how it is read.

import { readingWith } from '#platform/reading'
import { type SecurityChange, type SecurityPolicy, securityPolicy } from './contract.ts'

const builtIn = securityPolicy.parse({})
const names = Object.keys(builtIn) as (keyof SecurityPolicy)[]
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What was chosen, over what is built in. */
export const securityOf = (kept: Partial<SecurityPolicy>): SecurityPolicy => ({ ...builtIn, ...kept })

/** What of a policy has to be kept. */
export const keptOf = (policy: SecurityPolicy): Partial<SecurityPolicy> =>
  Object.fromEntries(names.filter((name) => !isSame(policy[name], builtIn[name])).map((name) => [name, policy[name]]))

const readSecurity = readingWith('organizations.invalid')

/** The policy after a change: what is not named stays, and what belongs together is looked at together. */
export const changedSecurity = (before: SecurityPolicy, change: SecurityChange): SecurityPolicy => {
  const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  return readSecurity(securityPolicy, { ...before, ...said }, 'security')
}
