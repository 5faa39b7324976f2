// What the engine asks of whatever has been proven, in the place of every flow: the organization's and the account's own demands.

import type { Proof, ProofKind } from './contract.ts'

/** What may come as a second proof beside a first one of another kind. An email code is none (NIST SP 800-63B-4 §3.1.3.1). */
const seconds: ReadonlySet<ProofKind> = new Set(['totp', 'sms-code', 'passkey', 'recovery-code', 'trusted-device'])

/** What names somebody by itself. */
const firsts: ReadonlySet<ProofKind> = new Set(['password', 'passkey', 'email-code', 'sms-code', 'mailbox'])

/** Whether somebody has proven who they are at all. */
export const isProven = (proofs: readonly Proof[]): boolean => proofs.some(({ kind }) => firsts.has(kind))

/** Whether a second step was taken in this attempt; `always` counts no trusted browser in its place. */
export const hasSecondStep = (proofs: readonly Proof[], always = false): boolean =>
  proofs.some(({ kind, isSecond, isVerifiedUser }) => {
    if (kind === 'trusted-device') return !always
    return isSecond === true || (kind === 'passkey' && isVerifiedUser === true)
  })

/** Whether two independent things were proven: what an organization means that requires a second step. */
export const isMultiFactor = (proofs: readonly Proof[]): boolean => {
  if (proofs.some(({ kind, isVerifiedUser }) => kind === 'passkey' && isVerifiedUser)) return true
  const first = proofs.filter(({ kind, isSecond }) => firsts.has(kind) && !isSecond)
  return first.some((one) => proofs.some((other) => other.kind !== one.kind && seconds.has(other.kind)))
}

/** RFC 8176: how it reads in a session, in the order in which it was proven. */
const references: Record<ProofKind, string> = {
  password: 'pwd',
  passkey: 'hwk',
  'email-code': 'email',
  'sms-code': 'sms',
  totp: 'otp',
  'recovery-code': 'kba',
  'trusted-device': 'device',
  mailbox: 'email',
}

/** The methods of a session, each once. The mailbox that made an account is none, beside the password that was chosen with it. */
export const methodsOf = (proofs: readonly Proof[]): string[] => {
  const signing = proofs.filter(({ kind }) => kind !== 'mailbox')
  return [...new Set((signing.length > 0 ? signing : proofs).map(({ kind }) => references[kind]))]
}
