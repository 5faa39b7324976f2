// What somebody is called: an email address, a phone number or a username. Nothing is looked up by it before something is
// proven, so that nobody learns from it who has an account.

import { z } from 'zod'
import { failureOf, fields, readAnswer, shownAgain } from '#core/people'
import type { Answer, Identifier } from '#core/people/contract'
import { isFlooding } from '../bounds.ts'
import type { AttemptFailure, LoginContext, Outcome } from '../contract.ts'
import { belowFor } from '../domains.ts'
import { namedBy } from '../named.ts'
import type { Run, Step, Taken } from '../step.ts'

const rules = { username: fields.email } as const

/** Where an address of an organization below is led, whether anybody has it or not. What was typed beside it stays here. */
export const elsewhere = async (
  { organizationId }: LoginContext,
  { kind, key }: Identifier,
  hasTyped: boolean,
): Promise<Outcome | null> => {
  const owner = kind === 'email' ? await belowFor(organizationId, key) : null
  return owner && { next: '/sign-in/elsewhere', elsewhere: { organizationId: owner.id, username: key, hasTyped } }
}

/** The same for whoever has typed nothing but their address. */
export const ledElsewhere = async (
  { ctx }: Run,
  answer: Answer,
  { code, field }: AttemptFailure,
): Promise<Taken | null> => {
  if (field !== 'password' || code !== 'input.missing' || (await isFlooding(ctx))) return null
  try {
    const led = await elsewhere(ctx, namedBy(ctx, readAnswer(answer, rules).username), false)
    return led && { outcome: led }
  } catch (error) {
    failureOf(error)
    return null
  }
}

const take = async ({ ctx }: Run, answer: Answer): Promise<Taken> => {
  const values = shownAgain(answer, rules)
  try {
    const named = namedBy(ctx, readAnswer(answer, rules).username)
    const led = await elsewhere(ctx, named, false)
    return led ? { outcome: led } : { answered: { values, inner: { named } } }
  } catch (error) {
    return { failure: failureOf(error), values }
  }
}

export const identifier: Step = {
  id: 'identifier',
  label: 'step.identifier',
  purposes: ['sign-in', 'recovery'],
  needs: 'nothing',
  proves: null,
  settings: z.strictObject({}),
  page: '/sign-in',
  take,
}
