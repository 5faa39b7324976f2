// Signing in with address and password. Whatever is wrong, the same answer; whoever it is, one hash.

import { record } from '#core/audit'
import { hashPassword, isOutdated, refreshHash, verifyPassword } from '#core/credentials'
import { canonicalEmail, failureOf, fields, readAnswer, shownAgain } from '#core/people'
import type { Answer } from '#core/people/contract'
import { type Tx, withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { keyedHash } from '#platform/secrets'
import { type Attempt, held, refuse } from './attempts.ts'
import { forgive, isFlooding, trySignIn } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome } from './contract.ts'
import { belowFor } from './domains.ts'
import { afterPassword, byPassword } from './proven.ts'
import { type Known, whom } from './whom.ts'

const rules = { username: fields.email, password: { max: 1024, secret: true, verbatim: true } } as const

const wrong: AttemptFailure = { code: 'login.wrong_credentials' }

const refused = (ctx: LoginContext, attempt: Attempt | null, answer: Answer, failure: AttemptFailure) =>
  refuse(ctx, attempt, { kind: 'sign-in', next: '/sign-in', values: shownAgain(answer, rules), failure })

/** A guess leaves a trace, also one about somebody who does not exist; the trail holds no address in clear text. */
export const traceOf =
  ({ by }: LoginContext, key: string, { code }: AttemptFailure) =>
  (tx: Tx): Promise<void> => {
    const id = keyedHash('audit account', key).toString('base64url')
    return record(tx, by, 'session.refused', { kind: 'account', id }, { why: code })
  }

const refusedGuess = (
  ctx: LoginContext,
  attempt: Attempt | null,
  answer: Answer,
  key: string,
  failure: AttemptFailure,
) =>
  refuse(ctx, attempt, {
    kind: 'sign-in',
    next: '/sign-in',
    values: shownAgain(answer, rules),
    failure,
    also: traceOf(ctx, key, failure),
  })

/** Where an address of an organization below is led, whether anybody has it or not. What was typed beside it stays here. */
const elsewhere = async ({ organizationId }: LoginContext, key: string, hasTyped: boolean): Promise<Outcome | null> => {
  const owner = await belowFor(organizationId, key)
  return owner && { next: '/sign-in/elsewhere', elsewhere: { organizationId: owner.id, username: key, hasTyped } }
}

/** The same for whoever has typed nothing but their address. */
const namedOnly = async (
  ctx: LoginContext,
  answer: Answer,
  { code, field }: AttemptFailure,
): Promise<Outcome | null> => {
  if (field !== 'password' || code !== 'input.missing') return null
  const key = canonicalEmail(readAnswer(answer, { username: rules.username }).username)
  return key === null || (await isFlooding(ctx)) ? null : elsewhere(ctx, key, false)
}

/** Whether the password is theirs; `login.busy` when too many ask at once. */
const matches = async (known: Known | null, password: string): Promise<boolean | AttemptFailure> => {
  try {
    return await verifyPassword(known?.passwordHash ?? null, password)
  } catch (error) {
    if (isFailure(error, 'busy')) return { code: 'login.busy' }
    throw error
  }
}

/** After a proof with an old hash there is a chance to make a new one; it may as well wait for the next time. */
const keepFresh = async ({ person, passwordHash }: Known, password: string): Promise<void> => {
  if (passwordHash === null || !isOutdated(passwordHash)) return
  const renewed = await hashPassword(password)
  await withOrganization(person.homeId, (tx) => refreshHash(tx, person.id, passwordHash, renewed))
}

export const signIn = async (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> => {
  const before = await held(ctx, secret, 'sign-in')
  // A password typed anew starts anew, also where another one was already proven.
  const attempt = before?.step === 'password' ? before : null
  let typed: { username: string; password: string }
  try {
    typed = readAnswer(answer, rules)
  } catch (error) {
    const failure = failureOf(error)
    return (await namedOnly(ctx, answer, failure)) ?? refused(ctx, attempt, answer, failure)
  }
  const key = canonicalEmail(typed.username)
  if (key === null) return refused(ctx, attempt, answer, { code: 'email.invalid', field: 'username' })
  const bound = await trySignIn(ctx, key)
  if (bound) return refusedGuess(ctx, attempt, answer, key, bound)
  const known = await whom(ctx.organizationId, key)
  const isRight = await matches(known, typed.password)
  if (typeof isRight === 'object') return refused(ctx, attempt, answer, isRight)
  if (!isRight || !known) {
    const led = await elsewhere(ctx, key, true)
    if (led) await withOrganization(ctx.organizationId, traceOf(ctx, key, wrong))
    return led ?? refusedGuess(ctx, attempt, answer, key, wrong)
  }
  await forgive(ctx, key)
  // Told after the right password alone: whoever guesses addresses learns nothing.
  if (known.isWaiting) return refused(ctx, attempt, answer, { code: 'login.waiting_for_approval' })
  await keepFresh(known, typed.password)
  return afterPassword(ctx, before, 'sign-in', byPassword(known.person), known.hasTotp)
}
