// The shape of a step: one thing that is asked of somebody. A step is one file; the flow says where it stands, the engine what
// follows from it.

import type { FlowName, Proof, StepTraits } from '#core/flows/contract'
import type { Answer } from '#core/people/contract'
import type { Tx } from '#platform/database'
import type { Attempt, Inner, Proven } from './attempts.ts'
import type { AttemptFailure, AttemptKind, AttemptStep, LoginContext, Outcome, StepDetails } from './contract.ts'
import type { Standing } from './facts.ts'

/** Somebody on their way through a flow, during one request. Nothing of it is kept before the engine writes it. */
export type Run = {
  ctx: LoginContext
  kind: AttemptKind
  /** Null until something has to be kept. */
  attempt: Attempt | null
  flow: FlowName
  /** Where they stand: the node, or the method of one. */
  at: string
  /** Of the node that stands behind it. */
  settings: Record<string, unknown>
  /** Whether an answer here is a second proof. */
  isSecond: boolean
  /** An attempt that is over as soon as this one is kept: somebody has begun anew. */
  replaced: Attempt | null
  values: Record<string, string>
  inner: Inner
  /** What is known of whoever has proven themselves; asked for when it is needed, once. */
  standing: () => Promise<Standing | null>
}

/** What is written with the move: `also` in the same unit of work, under the id that the attempt has from then on. */
export type Change = {
  values?: Record<string, string>
  /** ISO 8601. */
  resendAt?: string
  inner?: Partial<Inner>
  notice?: string
  /** Something that could not be done while coming here: too many mails were asked for. */
  failure?: AttemptFailure
  also?: (tx: Tx, attemptId: string) => Promise<void>
}

export type Taken =
  /** Not right: the same place again, saying why. `isOver`: it ends the attempt, and the first step is asked for again. */
  | {
      failure: AttemptFailure
      values?: Record<string, string>
      also?: (tx: Tx) => Promise<void>
      isOver?: boolean
    }
  /** The same place again: a code was sent anew. */
  | { stays: Change }
  /** Answered, and perhaps something proven by it. */
  | { answered: Change & { proofs?: Omit<Proof, 'at' | 'isSecond'>[]; proven?: Proven } }
  /** Goes on at another organization of the same origin, with what is proven. */
  | { goesOnAt: LoginContext }
  /** Leads away from the flow. */
  | { outcome: Outcome }

export type StepPage = '/sign-in' | '/mfa' | '/consent' | '/sign-up' | '/verify' | '/invitation' | '/recover' | '/reset'

export type Step = StepTraits & {
  /** Where it is shown and answered. */
  page: StepPage
  /** What an attempt that waits here is called, where that is not the step itself. */
  keptAs?: AttemptStep
  /** What has to happen before it is shown; a silent step answers itself here. */
  enter?: (run: Run) => Promise<Change | Extract<Taken, { answered: unknown }> | null>
  take: (run: Run, answer: Answer) => Promise<Taken>
  /** What its page may show beside the answers: never a secret that is not for these eyes. */
  show?: (run: Run) => Promise<Partial<StepDetails>>
}

/** The failure of a step that asked for something it was not given. */
export const failed = (failure: AttemptFailure): Taken => ({ failure })
