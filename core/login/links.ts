// Links with codes, as they are mailed: issued for an attempt, sent again after a while, and told apart by purpose.

import { passwordLinkPurpose } from '#core/credentials/contract'
import type { PersonRef } from '#core/people/contract'
import { issue } from '#core/tickets'
import { fromNow, minutes, seconds } from '#platform/clock'
import type { Tx } from '#platform/database'
import { keyedHash } from '#platform/secrets'
import type { Attempt } from './attempts.ts'
import { type Recipient, type Sender, sendLink, toPerson } from './mail.ts'

export const verifyPurpose = 'verify-email'
export const recoverPurpose = passwordLinkPurpose
export const signInPurpose = 'sign-in-code'

const linkMs = minutes(30)
/** NIST SP 800-63B-4 §3.1.3.2: a code that is sent lives ten minutes at most. */
export const codeMs = minutes(10)
const resendMs = seconds(30)

/** ISO 8601. */
export const nextResendAt = (): string => fromNow(resendMs).toISOString()

/** A subject for an address that nobody has; says nothing of the address. */
const unknownSubject = (key: string) => `unknown/${keyedHash('ticket subject', key).toString('base64url')}`

/** A link of a sign-up: it proves the address, in the browser where the sign-up began. */
export const sendVerification = async (
  tx: Tx,
  from: Sender,
  attemptId: string,
  email: string,
  isTaken: boolean,
): Promise<void> => {
  const ticket = await issue(tx, {
    purpose: verifyPurpose,
    subject: attemptId,
    attemptId,
    data: { email },
    lifetimeMs: linkMs,
    supersede: true,
  })
  await sendLink(tx, from, isTaken ? 'account-exists' : 'verify-email', { email }, ticket)
}

/** A link of a recovery: it sets a new password, in whatever browser it is opened. */
export const sendRecovery = async (
  tx: Tx,
  from: Sender,
  attemptId: string,
  key: string,
  who: PersonRef | null,
): Promise<void> => {
  const ticket = await issue(tx, {
    purpose: recoverPurpose,
    subject: who ? `${who.homeId}/${who.personId}` : unknownSubject(key),
    attemptId,
    data: who ? { homeId: who.homeId, personId: who.personId } : {},
    lifetimeMs: linkMs,
    supersede: true,
  })
  const to: Recipient = who ? toPerson(who) : { email: key }
  await sendLink(tx, from, 'recover-password', to, ticket, { isDecoy: who === null })
}

/** A code of a sign-in, with a link that is worth something in the browser where it began. */
export const sendSignInCode = async (
  tx: Tx,
  from: Sender,
  attemptId: string,
  key: string,
  who: PersonRef | null,
): Promise<void> => {
  const ticket = await issue(tx, {
    purpose: signInPurpose,
    // Of the attempt and not of the person: whoever else asks for one ends nobody's code.
    subject: attemptId,
    attemptId,
    data: who ? { homeId: who.homeId, personId: who.personId } : {},
    lifetimeMs: codeMs,
    supersede: true,
  })
  const to: Recipient = who ? toPerson(who) : { email: key }
  await sendLink(tx, from, 'sign-in-code', to, ticket, { isDecoy: who === null })
}

/** Whether a mail may be sent again already. */
export const isResendable = (attempt: Attempt, at: Date): boolean =>
  attempt.state.resendAt === undefined || attempt.state.resendAt <= at.toISOString()
