// The words of My Account: what a signed-in person sees and changes of their own.

import type { Actor } from '#core/authority/contract'
import type { Enrolment } from '#core/credentials/contract'
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
  passwordChangedAt: Date | null
  secondStep: { addedAt: Date } | null
  /** An active member of the organization that is met, as staff. */
  isStaff: boolean
}

/** An enrolment under way: `sealed` is kept by the browser, unreadable to it, and of use in this session alone. */
export type StartedEnrolment = { sealed: string; enrolment: Enrolment }

/** What somebody is asked for who has to prove themselves again: all of it. */
export type ProofAsked = { password: boolean; code: boolean }

/** An answer that waits, and the path of the form that it is for. */
export type KeptAnswer = { form: string; answer: Answer }

export const failures = {
  'account.proof_needed': 403,
  'account.nothing_to_prove': 403,
  'account.not_a_person': 403,
  'second_step.required': 403,
  'second_step.expired': 400,
} as const
