// Signing up. Nobody exists before their address is proven: until then a sign-up is an attempt with a hashed password
// in it. Whether the address has an account already is told to its mailbox alone.

import { checkNewPassword, hashPassword, minimumLength } from '#core/credentials'
import { directory } from '#core/organizations'
import { isSignUpOpen, type Organization } from '#core/organizations/contract'
import { emailKey, failureOf, fields, personName, readAnswer, shownAgain } from '#core/people'
import type { Answer } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { type Attempt, goOn, held, refuse } from './attempts.ts'
import { tryMail } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome } from './contract.ts'
import { nextResendAt, sendVerification } from './links.ts'
import { organizationOf } from './proven.ts'
import { isTaken } from './whom.ts'

// Spaces at the ends of a password belong to it; the policy has the word on how long it may be.
export const newPasswordRule = { max: 4096, secret: true, verbatim: true } as const

/** Not required here, so that it is the grammar of names which says what is missing. */
const nameRules = {
  given_name: { ...fields.given_name, required: false },
  family_name: { ...fields.family_name, required: false },
} as const
const accountRules = { email: fields.email, password: newPasswordRule } as const
const rules = { ...nameRules, ...accountRules } as const

/** Where somebody who signs up here will live. */
export const homeFor = (organizationId: string): string => directory().homes(organizationId)[0] ?? organizationId

/** Who somebody says they are, with a password that may be theirs; fails at the first field that is not as it should be. */
export const readNewPerson = (
  ctx: LoginContext,
  answer: Answer,
  organization: Pick<Organization, 'name' | 'handle' | 'secondFactorRequired'> = organizationOf(ctx),
) => {
  // In the order of the form, so that the first field that needs something is the one that is named.
  const names = readAnswer(answer, nameRules)
  const givenName = personName(names.given_name, 'given_name')
  const familyName = personName(names.family_name, 'family_name')
  const typed = readAnswer(answer, accountRules)
  const person = { givenName, familyName, email: emailKey(typed.email) }
  const context = {
    ...person,
    minimum: minimumLength(organization.secondFactorRequired),
    organizationName: organization.name,
    organizationHandle: organization.handle,
  }
  checkNewPassword(typed.password, context, 'password')
  return { person, password: typed.password }
}

export const signUp = async (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> => {
  const organization = organizationOf(ctx)
  const before = await held(ctx, secret, 'sign-up')
  const kept: Attempt | null = before?.step === 'password' ? before : null
  const refused = (failure: AttemptFailure) =>
    refuse(ctx, kept, { kind: 'sign-up', next: '/sign-up', values: shownAgain(answer, rules), failure })
  if (!isSignUpOpen(organization)) return refused({ code: 'login.sign_up_closed' })
  try {
    const { person, password } = readNewPerson(ctx, answer)
    const bound = await tryMail(ctx, person.email)
    if (bound) return refused(bound)
    const passwordHash = await hashPassword(password)
    const taken = await isTaken(ctx.organizationId, person.email)
    const pending = { ...person, homeId: homeFor(ctx.organizationId), passwordHash }
    return await withOrganization(ctx.organizationId, async (tx) => {
      const { id, secret: next } = await goOn(tx, ctx, before, {
        kind: 'sign-up',
        step: 'check-mail',
        values: shownAgain(answer, rules),
        resendAt: nextResendAt(),
        inner: { pending },
      })
      await sendVerification(tx, ctx, id, person.email, taken)
      return { next: '/verify', attempt: next }
    })
  } catch (error) {
    if (isFailure(error, 'busy')) return refused({ code: 'login.busy' })
    return refused(failureOf(error))
  }
}

/** What is to be made of a proven sign-up. */
export const pendingOf = (attempt: Attempt) => attempt.state.inner.pending ?? fail('login.expired')
