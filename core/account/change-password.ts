import { checkNewPassword, hashPassword, minimumLength, passwordOf, setPassword } from '#core/credentials'
import { directory } from '#core/organizations'
import { noticeWithWayOut } from '#core/outbox'
import { find } from '#core/people'
import type { Answer, Person } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { readNewPassword, readPasswordChange } from './answers.ts'
import { changing } from './changing.ts'
import type { AccountContext } from './contract.ts'
import { requireFresh } from './fresh.ts'
import { provePassword } from './password.ts'

/** Refuses what is too easy to guess, and answers its hash. */
const hashOfNew = async (ctx: AccountContext, person: Person, typed: string): Promise<string> => {
  const organization = directory().byId(ctx.organizationId) ?? fail('organizations.not_found')
  const context = {
    ...person,
    minimum: minimumLength(organization.secondFactorRequired),
    organizationName: organization.name,
    organizationHandle: organization.handle,
  }
  checkNewPassword(typed, context, 'new_password')
  return hashPassword(typed)
}

const keep = (ctx: AccountContext, hash: string, why: string): Promise<void> =>
  changing(ctx, 'password changed', async (tx) => {
    await setPassword(tx, ctx.by, ctx.session.personId, hash, why)
    await noticeWithWayOut(tx, ctx, 'password-changed', ctx.session.personId)
  })

/** For whoever has none: a proof of a moment ago stands in the place of the present one. */
const setFirst = async (ctx: AccountContext, person: Person, answer: Answer): Promise<void> => {
  const typed = readNewPassword(answer)
  requireFresh(ctx.session)
  await keep(ctx, await hashOfNew(ctx, person, typed), 'first')
}

/** Changes the password, or sets the first one; every other browser, at every organization, is signed out. */
export const changePassword = async (ctx: AccountContext, answer: Answer): Promise<void> => {
  const { homeId, personId } = ctx.session
  const { person, hasPassword } = await withOrganization(homeId, async (tx) => ({
    person: (await find(tx, personId)) ?? fail('person.unknown'),
    hasPassword: (await passwordOf(tx, personId)) !== null,
  }))
  if (!hasPassword) return setFirst(ctx, person, answer)
  const typed = readPasswordChange(answer)
  await provePassword(ctx, typed.current_password)
  if (typed.new_password.normalize('NFKC') === typed.current_password.normalize('NFKC'))
    fail('password.same', 'new_password')
  await keep(ctx, await hashOfNew(ctx, person, typed.new_password), 'changed')
}
