// A password, beside what somebody is called or after it. Whatever is wrong, the same answer; whoever it is, one hash.

import { z } from 'zod'
import { hashPassword, isOutdated, refreshHash, verifyPassword } from '#core/credentials'
import { mayTryAnyway } from '#core/devices'
import type { Limit } from '#core/limits'
import { failureOf, fields, readAnswer, shownAgain } from '#core/people'
import type { Answer, Identifier } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { forgive, tryOnDevice, trySignIn } from '../bounds.ts'
import type { AttemptFailure, LoginContext } from '../contract.ts'
import { namedBy } from '../named.ts'
import { isWeak } from '../new-password.ts'
import { provenBy } from '../proven.ts'
import type { Run, Step, Taken } from '../step.ts'
import { traceOf } from '../trace.ts'
import { type Known, whom } from '../whom.ts'
import { elsewhere, ledElsewhere } from './identifier.ts'

const passwordRule = { max: 1024, secret: true, verbatim: true } as const
const withName = { username: fields.email, password: passwordRule } as const
const alone = { password: passwordRule } as const

const wrong: AttemptFailure = { code: 'login.wrong_credentials' }

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

const hasName = ({ settings, inner }: Run): boolean => settings.withIdentifier === true || !inner.named

const readTyped = (run: Run, answer: Answer): { named: Identifier; password: string } => {
  if (!hasName(run) && run.inner.named) return { named: run.inner.named, password: readAnswer(answer, alone).password }
  const { username, password } = readAnswer(answer, withName)
  return { named: namedBy(run.ctx, username), password }
}

/**
 * Counts a try, and looks whose it is. In a browser that somebody has signed in with before, their tries are counted for that
 * browser alone: whoever guesses from elsewhere locks nobody out of their own. Without such a browser the account's own count
 * comes first.
 */
const countedTry = async (
  ctx: LoginContext,
  named: Identifier,
): Promise<{ known: Known | null; bound: AttemptFailure | null; own?: Limit[] }> => {
  const device = ctx.browser?.device ?? null
  if (device === null) {
    const bound = await trySignIn(ctx, named.key)
    return { known: bound ? null : await whom(ctx.organizationId, named), bound }
  }
  const known = await whom(ctx.organizationId, named)
  const ref = known && { homeId: known.person.homeId, personId: known.person.id }
  const own = await mayTryAnyway(ctx.organizationId, ref, device)
  return own ? { known, bound: await tryOnDevice(ctx, own), own } : { known, bound: await trySignIn(ctx, named.key) }
}

const take = async (run: Run, answer: Answer): Promise<Taken> => {
  const { ctx } = run
  const values = shownAgain(answer, withName)
  let typed: { named: Identifier; password: string }
  try {
    typed = readTyped(run, answer)
  } catch (error) {
    const failure = failureOf(error)
    return (await ledElsewhere(run, answer, failure)) ?? { failure, values }
  }
  const { named, password } = typed
  const guessed = (failure: AttemptFailure): Taken => ({ failure, values, also: traceOf(ctx, named.key, failure) })
  const { known, bound, own } = await countedTry(ctx, named)
  if (bound) return guessed(bound)
  const isRight = await matches(known, password)
  if (typeof isRight === 'object') return { failure: isRight, values }
  if (!isRight || !known) {
    const led = await elsewhere(ctx, named, true)
    if (led) await withOrganization(ctx.organizationId, traceOf(ctx, named.key, wrong))
    return led ? { outcome: led } : guessed(wrong)
  }
  await forgive(ctx, named.key, own)
  // Told after the right password alone: whoever guesses addresses learns nothing.
  if (known.isWaiting) return { failure: { code: 'login.waiting_for_approval' }, values }
  await keepFresh(known, password)
  return {
    answered: {
      values: { username: named.kind === 'email' ? known.person.email : (values.username ?? '') },
      inner: { named, isWeak: isWeak(ctx, known.person, password) },
      proofs: [{ kind: 'password' }],
      proven: provenBy(known.person),
    },
  }
}

export const password: Step = {
  id: 'password',
  label: 'step.password',
  purposes: ['sign-in'],
  needs: 'nothing',
  proves: 'password',
  settings: z.strictObject({ withIdentifier: z.boolean().optional() }),
  page: '/sign-in',
  take,
}
