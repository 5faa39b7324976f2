import { passwordOf, verifyPassword } from '#core/credentials'
import { takeAll } from '#core/limits'
import { add } from '#core/outbox'
import { find } from '#core/people'
import type { Person } from '#core/people/contract'
import { minutes, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import type { AccountContext } from './contract.ts'

/** Something that happened to an account is told to its mailbox, in the transaction in which it happened. */
export const tell = (tx: Tx, ctx: AccountContext, template: string, data: Record<string, unknown> = {}) =>
  add(tx, `email.${template}`, {
    to: { home: ctx.session.homeId, person: ctx.session.personId },
    organizationId: ctx.organizationId,
    address: ctx.address,
    locale: ctx.locale,
    data: { at: now().toISOString(), ...data },
  })

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
