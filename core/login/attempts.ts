// An attempt remembers what was typed and proven, in one browser, at one organization. Whatever is proven moves on
// under a new secret: a cookie planted before is worth nothing after.

import type { Flow, FlowName, Position, Proof } from '#core/flows/contract'
import type { NewBusiness } from '#core/onboarding/contract'
import type { Address } from '#core/organizations/contract'
import type { Identifier } from '#core/people/contract'
import { fromNow, hours, minutes, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { newId } from '#platform/ids'
import { hashSecret, newSecret, seal, unseal } from '#platform/secrets'
import { isFlooding } from './bounds.ts'
import type { AttemptFailure, AttemptKind, AttemptStep, LoginContext, Outcome, StepDetails } from './contract.ts'
import { type AttemptRow, endAttempt, insertAttempt, moveAttempt, readAttempt, removeAttempts } from './store.ts'

/** Who somebody has proven to be. */
export type Proven = {
  homeId: string
  personId: string
  generation: number
  email: string
  /** The language that they have chosen for themselves. */
  locale: string | null
}

/** A sign-up whose address is not proven yet. */
export type Pending = { homeId: string; email: string; givenName: string; familyName: string; passwordHash: string }

/** An organization that is not there yet. Whoever was asked to start it brings the secret of a link. */
export type Starting = { business: NewBusiness; invitation: string | null }

/** Kept sealed, so that a copy of the table starts nobody's session. */
export type Inner = {
  /** What somebody says they are called, before they prove it. */
  named?: Identifier
  proven?: Proven
  proofs?: Proof[]
  pending?: Pending
  totpSecret?: string
  /** What somebody has chosen to set up as their second step. */
  enrolling?: StepDetails['methods'][number]
  /** Until when no other code is sent from a place, ISO 8601. */
  sent?: Record<string, string>
  /** This browser shall spare them the second step from now on. */
  isTrusting?: boolean
  /** The password that was just typed would not be taken as a new one today. */
  isWeak?: boolean
  /** Another password is to be chosen, as soon as everything else is proven. */
  passwordOwed?: 'expired' | 'asked' | 'first' | null
  hasChosenPassword?: boolean
  /** The organization that they are on their way to was chosen, and is not asked for again. */
  hasChosenOrganization?: boolean
  starting?: Starting
  /** Fields of their profile that they have left empty. */
  leftEmpty?: string[]
}

/** The flow that an attempt goes through, as it was when it began: what is published meanwhile is for those who come later. */
export type Route = { name: FlowName; flow: Flow; position: Position; done: string[] }

export type State = {
  values: Record<string, string>
  failure: AttemptFailure | null
  address: Address
  /** ISO 8601. */
  resendAt?: string
  route?: Route
  inner: Inner
}

export type Attempt = {
  id: string
  kind: AttemptKind
  step: AttemptStep
  state: State
  version: number
  expiresAt: Date
}

const sealedFor = 'attempt'
const lifetimeMs = hours(1)
/** Once a password is proven, the next step has to follow soon. */
const provenLifetimeMs = minutes(10)

const written = ({ inner, ...rest }: State): string =>
  JSON.stringify({ ...rest, inner: seal(sealedFor, JSON.stringify(inner)).toString('base64') })

const attemptOf = (row: AttemptRow): Attempt => {
  const { inner, ...rest } = row.state as Omit<State, 'inner'> & { inner: string }
  return {
    id: row.id,
    kind: row.kind,
    step: row.step as AttemptStep,
    state: { ...rest, inner: JSON.parse(unseal(sealedFor, Buffer.from(inner, 'base64'))) as Inner },
    version: row.version,
    expiresAt: row.expires_at,
  }
}

export type Opening = { kind: AttemptKind; step: AttemptStep } & Partial<Omit<State, 'address'>>

/** Opens an attempt; its secret is for the browser's cookie. */
export const open = async (
  tx: Tx,
  ctx: LoginContext,
  { kind, step, ...state }: Opening,
): Promise<{ id: string; secret: string }> => {
  const id = newId('att')
  const secret = newSecret()
  const { values = {}, failure = null, inner = {}, resendAt, route } = state
  await insertAttempt(tx, {
    id,
    secret_hash: hashSecret(secret),
    kind,
    step,
    state: written({
      values,
      failure,
      address: ctx.address,
      inner,
      ...(resendAt ? { resendAt } : {}),
      ...(route ? { route } : {}),
    }),
    expires_at: fromNow(inner.proven ? provenLifetimeMs : lifetimeMs),
  })
  return { id, secret }
}

/** The attempt behind a secret: open, over its time, or none at all. One that has ended is none. */
export const read = async (tx: Tx, secret: string | null): Promise<(Attempt & { isExpired: boolean }) | null> => {
  const row = secret === null ? undefined : await readAttempt(tx, hashSecret(secret))
  if (!row || row.finished_at) return null
  try {
    return { ...attemptOf(row), isExpired: row.expires_at <= now() }
  } catch (error) {
    // Sealed under another LIVERY_SECRET: whoever began it begins again.
    if (isFailure(error, 'secrets.unreadable')) return null
    throw error
  }
}

/** The open attempt of this kind behind a secret. */
export const held = async (
  ctx: LoginContext,
  secret: string | null,
  ...kinds: AttemptKind[]
): Promise<Attempt | null> => {
  if (secret === null) return null
  const attempt = await withOrganization(ctx.organizationId, (tx) => read(tx, secret))
  return attempt && !attempt.isExpired && kinds.includes(attempt.kind) ? attempt : null
}

/** Writes what became of an attempt; false when it ended, or was moved by somebody else, in the meantime. */
export const move = (tx: Tx, attempt: Attempt, step: AttemptStep, state: Partial<State>): Promise<boolean> =>
  moveAttempt(tx, {
    id: attempt.id,
    version: attempt.version,
    step,
    state: written({ ...attempt.state, failure: null, ...state }),
  })

/** Ends an attempt, once. */
export const finish = (tx: Tx, attempt: Pick<Attempt, 'id'>): Promise<boolean> => endAttempt(tx, attempt.id)

/** Ends an attempt, if there is one, and goes on under a new secret. */
export const goOn = async (tx: Tx, ctx: LoginContext, attempt: Attempt | null, opening: Opening) => {
  if (attempt) await finish(tx, attempt)
  return open(tx, ctx, opening)
}

export type Refusal = {
  kind: AttemptKind
  next: string
  values: Record<string, string>
  failure: AttemptFailure
  /** Where a new attempt stands, when there was none. */
  route?: Route | undefined
  /** What has to be written with it. */
  also?: (tx: Tx) => Promise<void>
}

/**
 * Keeps a refusal for the page: in the attempt under way, or in a new one at the first step. Whoever sends forms by the
 * hundred gets a note instead of rows.
 */
export const refuse = async (ctx: LoginContext, attempt: Attempt | null, refusal: Refusal): Promise<Outcome> => {
  const { kind, next, values, failure, also, route } = refusal
  const isFlood = attempt === null && (await isFlooding(ctx))
  return withOrganization(ctx.organizationId, async (tx) => {
    await also?.(tx)
    if (isFlood) return { next, failure }
    const kept = { values: { ...attempt?.state.values, ...values }, failure }
    if (attempt && (await move(tx, attempt, attempt.step, kept))) return { next }
    const { secret } = await open(tx, ctx, { kind, step: 'password', values, failure, ...(route ? { route } : {}) })
    return { next, attempt: secret }
  })
}

/** Deletes what nobody can go on with any more. */
export const tidyAttempts = (tx: Tx): Promise<void> => removeAttempts(tx, fromNow(-hours(24)))
