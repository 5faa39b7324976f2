// What a new password has to be like, wherever one is chosen.

import { checkNewPassword, minimumLength } from '#core/credentials'
import { readAnswer } from '#core/people'
import type { Answer, Person } from '#core/people/contract'
import { isFailure } from '#platform/failure'
import type { LoginContext } from './contract.ts'
import { organizationOf } from './proven.ts'
import { newPasswordRule } from './sign-up.ts'

const check = (ctx: LoginContext, person: Person, password: string): void => {
  const organization = organizationOf(ctx)
  const context = {
    ...person,
    minimum: minimumLength(organization.secondFactorRequired),
    organizationName: organization.name,
    organizationHandle: organization.handle,
  }
  checkNewPassword(password, context, 'new_password')
}

/** The new password in an answer; fails at what it lacks. */
export const readNewPassword = (ctx: LoginContext, answer: Answer, person: Person): string => {
  const { new_password: password } = readAnswer(answer, { new_password: newPasswordRule })
  check(ctx, person, password)
  return password
}

/** Whether a password that somebody has would not be taken as a new one here. */
export const isWeak = (ctx: LoginContext, person: Person, password: string): boolean => {
  try {
    check(ctx, person, password)
    return false
  } catch (error) {
    if (isFailure(error)) return true
    throw error
  }
}
