import { passwordOf, verifyPassword } from '#core/credentials'
import { takeAll } from '#core/limits'
import { find } from '#core/people'
import type { Person } from '#core/people/contract'
import { minutes } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import type { AccountContext } from './contract.ts'

/** Whoever found an open browser must not find the password by trying either. */
export const provePassword = async (ctx: AccountContext, password: string): Promise<Person> => {
  const { homeId, personId } = ctx.session
  const exceeded = await takeAll([
    { name: 'own password', subject: `${homeId}/${personId}`, max: 10, windowMs: minutes(15) },
  ])
  if (exceeded) return fail('login.too_many_tries', undefined, { retryAt: exceeded.resetsAt.toISOString() })
  const { person, hash } = await withOrganization(homeId, async (tx) => ({
    person: (await find(tx, personId)) ?? fail('person.unknown'),
    hash: (await passwordOf(tx, personId))?.hash ?? null,
  }))
  return (await verifyPassword(hash, password)) ? person : fail('password.wrong', 'current_password')
}
