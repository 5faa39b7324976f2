// The words of My Account: what a signed-in person sees and changes of their own.

import type { Actor } from '#core/authority/contract'
import type { Enrolment, Factors } from '#core/credentials/contract'
import type { Address } from '#core/organizations/contract'
import type { Answer, Person } from '#core/people/contract'

/** A signed-in person at one address of an organization. */
export type AccountContext = {
  organizationId: string
  address: Address
  locale: string
  by: Actor
  session: { id: string; homeId: string; personId: string; createdAt: Date; provenAt: Date }
}

export type Profile = {
  person: Person
  factors: Factors
  isSecondStepRequired: boolean
  /** An active member of the organization that is met, as staff. */
  isStaff: boolean
}

/** An enrolment under way: `sealed` is kept by the browser, unreadable to it, and of use in this session alone. */
export type StartedEnrolment = { sealed: string; enrolment: Enrolment }

/** A phone that a code was sent to and that has not shown it yet; from when on another code may be asked for, ISO 8601. */
export type PhoneUnderWay = { number: string; resendAt: string }

/** What somebody is asked for who has to prove themselves again: password and code together, or a passkey. */
export type ProofAsked = { password: boolean; code: boolean; passkey: boolean }

/** An answer that waits, and the path of the form that it is for. */
export type KeptAnswer = { form: string; answer: Answer }

export const failures = {
  'account.proof_needed': 403,
  'account.nothing_to_prove': 403,
  'account.not_a_person': 403,
  /** It is not there, or is somebody else's. */
  'account.factor_unknown': 404,
  /** Nothing would remain to sign in with. */
  'account.last_way': 409,
  /** What was begun is over, or was begun elsewhere. */
  'account.under_way_expired': 400,
  'second_step.required': 403,
  'second_step.expired': 400,
} as const
