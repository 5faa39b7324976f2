// The words of the login engine: attempts to sign in, to sign up, to recover and to start an
// organization, and what answering a step leads to.

import type { Actor } from '#core/authority/contract'
import type { Enrolment } from '#core/credentials/contract'
import type { StepId } from '#core/flows/contract'
import type { Address } from '#core/organizations/contract'

/** Where somebody knocks: the organization, the address it is met at, the language of the page, and who it is. */
export type LoginContext = {
  organizationId: string
  address: Address
  locale: string
  by: Actor
  /** What the browser brings beside the attempt; nothing where nobody has asked it. */
  browser?: Browser
}

export type Browser = {
  /** The secret of a browser in which somebody has signed in before. */
  device?: string | null
  /** The secret of a link of a mail with a code, opened here. */
  link?: string | null
  /** What the challenge of a passkey is bound to, before there is anything else to bind it to. */
  passkey?: string | null
}

export const attemptKinds = ['sign-in', 'sign-up', 'recovery', 'start'] as const
export type AttemptKind = (typeof attemptKinds)[number]

/**
 * A step of a flow, or a place on the way to an account: `password` is the first form of any kind. `verify` is between the proof
 * of an address and the account it makes: it is seen only when a process died there, or when the handle of a new organization is
 * gone by then, and answering again goes on from it. `done` is the end of a start, whose page still says where the organization is.
 */
export type AttemptStep = StepId | 'check-mail' | 'verify' | 'new-password' | 'done' | 'expired'

export type AttemptFailure = { code: string; field?: string; retryAt?: string; triesLeft?: number }

/** What a page may know of an attempt. */
export type AttemptView = {
  id: string
  kind: AttemptKind
  step: AttemptStep
  /** What was typed, never a secret. */
  values: Record<string, string>
  failure: AttemptFailure | null
  maskedEmail?: string
  /** From when on another mail may be asked for. ISO 8601. */
  resendAt?: string
  enrolment?: Enrolment
  /** Of an attempt that goes through a flow: where it stands. */
  place?: Place
}

/** Another way to answer: its page is had by sending `way=<at>`. `hint` is where a code would go, masked. */
export type Way = { at: string; step: StepId; hint?: string }

/**
 * What a step's page may show beside the answers. Each step fills in what is its own.
 *
 * What the pages send, beside `at`: of a second step `trust=on`, where the browser may be trusted and somebody wants it. A new code
 * is asked for by `intent=resend`; a place that may be passed over is, by `intent=skip`.
 */
export type StepDetails = {
  /** `identifier`: a password is asked for later, so that a password manager may fill in both at once. */
  isPasswordLater: boolean
  /** `email-code`, `sms-code`: where the code went, masked. Answered by `code`. */
  sentTo: string
  /** `email-code`: the link of its mail was opened in this browser, and a press of the button (`intent=confirm`) is enough. */
  isLinkOpen: boolean
  /**
   * `enrol`: what may be set up, the first one shown; another one is shown after `intent=choose` and `method`. Answered by `method`
   * and `code`, or `credential` and `challenge`; a phone is given first, by `intent=send` and `phone`, and `sentTo` says so.
   */
  methods: ('totp' | 'passkey' | 'sms-code')[]
  /** `enrol` of an authenticator app. */
  enrolment: Enrolment
  /** Of a second step, where the browser may be trusted afterwards: for so many days. */
  trustDays: number
  /** `recovery-code`: how many are left. Answered by `code`. */
  codesLeft: number
  /** `terms`: what is agreed to, each with the version that is meant. Answered by `terms.<id>=<version>` for each. */
  terms: { id: string; version: number; title: string; url: string | null }[]
  /** `profile`: fields that are asked for, by their name in forms; whether one may be left empty. */
  fields: { name: 'given_name' | 'family_name' | 'phone' | 'username'; isRequired: boolean; value: string }[]
  /** `organization`: where else somebody belongs, with the address of each. Answered by `organization=<id>`. */
  organizations: { id: string; name: string; address: string; isHere: boolean }[]
  /** `new-password`: why another one has to be chosen. Answered by `new_password`. */
  why: 'expired' | 'asked' | 'first'
}

/** The place in a flow that a page shows. */
export type Place = Partial<StepDetails> & {
  step: StepId
  at: string
  /** Path below the site where it is shown and answered. */
  page: string
  settings: Record<string, unknown>
  /** Whether it stands in the place of a second step. */
  isSecond: boolean
  ways: Way[]
}

/** What an answer leads to. A field that is absent leaves its cookie as it is; null takes it away. */
export type Outcome = {
  /** Path below the site. */
  next: string
  /** The secret of the attempt's cookie. */
  attempt?: string | null
  /** Single use: exchanged for a session at once. */
  ticket?: string
  /** With a ticket: the language that this person has chosen for themselves; null when they follow the organization. */
  locale?: string | null
  /** The secret of a link, proven by its code: kept in the link's cookie. */
  link?: string | null
  /** Something that has just gone well: the last part of a `notice.…` text. */
  notice?: string
  /** The address that was typed is of another organization's domain, or that one was chosen; there it is asked for again. */
  elsewhere?: { organizationId: string; username: string; hasTyped: boolean; isChosen?: boolean }
  /** Something that has not, where no attempt can hold it. */
  failure?: AttemptFailure
  /** Another organization, made or chosen, at the same origin: `next`, the ticket and the cookies are of its address. */
  at?: string
}

export type VerifyLook = {
  state: 'confirm' | 'other-browser' | 'used' | 'expired' | 'unknown'
  /** What the proof is for. */
  of?: 'sign-up' | 'start'
  code?: string
  email?: string
}
/** What the page of an invitation may show to whoever has its link. */
export type InvitationLook = {
  state: 'valid' | 'used' | 'expired' | 'revoked' | 'unknown' | 'wrong-account' | 'unavailable'
  /** What a valid one asks for: an account to be made, the password of the one there is, or a press of the button. */
  asks?: 'account' | 'password' | 'nothing'
  /** Whole where it may be accepted, masked where it may not. */
  email?: string
  inviter?: string | null
  kind?: 'staff' | 'consumer'
  /** Built-in roles by their key, own ones by their name. */
  roles?: { key: string | null; name: string | null }[]
  /** Plain text; nothing in it is a link. */
  message?: string
  /** ISO 8601. */
  expiresAt?: string
}
/** What the page of a start shows: the way a business becomes an organization below this one. */
export type StartLook = {
  /**
   * `handle`: proven, and the name in addresses is still to be settled. `waiting`: somebody has to agree. The last four are
   * about whoever has no (good) link where one is needed.
   */
  state: 'form' | 'handle' | 'waiting' | 'ready' | 'invitation-only' | 'used' | 'expired' | 'revoked'
  /** How the new address will read, with `{handle}` where the name goes: `localhost:3000/o/{handle}`. */
  preview: string
  /** Names that could be had instead of one that could not. */
  suggestions: string[]
  /** Somebody looks at each business before it is let in. */
  needsApproval?: boolean
  /** Who has sent the link, whom to, and their words. */
  invitation?: { email: string; inviter: string | null; message: string }
  name?: string
  handle?: string
  /** Where the new organization is, and where to sign in there. */
  address?: string
  signIn?: string
}

/** What the page of a notice's way out shows; `used`: the account was secured. */
export type SecureLook = { state: 'valid' | 'used' | 'expired' | 'unknown'; email?: string }

export type ResetLook = { state: 'valid' | 'used' | 'expired' | 'unknown'; email?: string }

export const failures = {
  'login.wrong_credentials': 401,
  'login.too_many_tries': 429,
  'login.expired': 400,
  'login.flow_broken': 500,
  'identifier.invalid': 400,
  'login.busy': 503,
  'login.sign_up_closed': 403,
  'login.start_closed': 403,
  'login.waiting_for_approval': 403,
  'login.resend_too_soon': 429,
} as const
