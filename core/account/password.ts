import {
  checkNewPassword,
  hashPassword,
  minimumLength,
  passwordOf,
  setPassword,
  verifyPassword,
} from '#core/credentials'
import { takeAll } from '#core/limits'
import { directory } from '#core/organizations'
import { noticeWithWayOut } from '#core/outbox'
import { endSessions, find } from '#core/people'
import type { Answer, Person } from '#core/people/contract'
import { endAllOf, renew } from '#core/sessions'
import { minutes } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { readPasswordChange } from './answers.ts'
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

/** Changes the password; every other browser, at every organization, is signed out. */
export const changePassword = async (ctx: AccountContext, answer: Answer): Promise<void> => {
  const typed = readPasswordChange(answer)
  const organization = directory().byId(ctx.organizationId) ?? fail('organizations.not_found')
  const person = await provePassword(ctx, typed.current_password)
  if (typed.new_password.normalize('NFKC') === typed.current_password.normalize('NFKC'))
    fail('password.same', 'new_password')
  const context = {
    ...person,
    minimum: minimumLength(organization.secondFactorRequired),
    organizationName: organization.name,
    organizationHandle: organization.handle,
  }
  checkNewPassword(typed.new_password, context, 'new_password')
  const hash = await hashPassword(typed.new_password)
  const { homeId, personId, id } = ctx.session
  const generation = await withOrganization(homeId, async (tx) => {
    await setPassword(tx, ctx.by, personId, hash, 'changed')
    await endAllOf(tx, ctx.by, { homeId, personId }, { except: id, why: 'password changed' })
    await noticeWithWayOut(tx, ctx, 'password-changed', personId)
    const raised = await endSessions(tx, personId)
    if (homeId === ctx.organizationId) await renew(tx, id, raised)
    return raised
  })
  if (homeId !== ctx.organizationId) await withOrganization(ctx.organizationId, (tx) => renew(tx, id, generation))
}
