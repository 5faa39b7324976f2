// How often anybody may try anything: per account or mailbox, and per network address.

import ipaddr from 'ipaddr.js'
import type { Actor } from '#core/authority/contract'
import { clear, type Limit, takeAll } from '#core/limits'
import { hours, minutes } from '#platform/clock'
import { withPlatform } from '#platform/database'
import type { AttemptFailure, LoginContext } from './contract.ts'

/** The network somebody comes from: a whole IPv6 /64 is one household, and an IPv4 address in IPv6 clothes is IPv4. */
export const networkOf = (by: Actor): string => {
  if (!by.address || !ipaddr.isValid(by.address)) return 'unknown'
  const address = ipaddr.process(by.address)
  if (address.kind() === 'ipv4') return address.toString()
  const network = address.toByteArray().slice(0, 8)
  return `${Buffer.from(network).toString('hex')}/64`
}

const account = (ctx: LoginContext, key: string) => `${ctx.organizationId} ${key}`
const day = { max: 100, windowMs: hours(24) }

const bounds = {
  network: (ctx: LoginContext): Limit[] => [
    { name: 'sign-in network', subject: networkOf(ctx.by), max: 60, windowMs: minutes(15) },
  ],
  signIn: (ctx: LoginContext, key: string): Limit[] => [
    { name: 'sign-in account', subject: account(ctx, key), max: 10, windowMs: minutes(15) },
    // NIST SP 800-63B: no more than a hundred failures in a row, however patient somebody is.
    { name: 'sign-in day', subject: account(ctx, key), ...day },
    { name: 'sign-in network', subject: networkOf(ctx.by), max: 60, windowMs: minutes(15) },
  ],
  mail: (ctx: LoginContext, key: string): Limit[] => [
    { name: 'mail mailbox', subject: account(ctx, key), max: 5, windowMs: hours(1) },
    { name: 'mail network', subject: networkOf(ctx.by), max: 30, windowMs: hours(1) },
  ],
  code: (ctx: LoginContext, who: string, attemptId: string): Limit[] => [
    { name: 'code attempt', subject: attemptId, max: 5, windowMs: hours(1) },
    { name: 'code account', subject: who, max: 10, windowMs: hours(1) },
    { name: 'code network', subject: networkOf(ctx.by), max: 60, windowMs: minutes(15) },
  ],
  passkey: (ctx: LoginContext): Limit[] => [
    { name: 'sign-in network', subject: networkOf(ctx.by), max: 60, windowMs: minutes(15) },
  ],
  proof: (ctx: LoginContext): Limit[] => [
    { name: 'code network', subject: networkOf(ctx.by), max: 60, windowMs: minutes(15) },
  ],
  start: (ctx: LoginContext): Limit[] => [
    { name: 'start network', subject: networkOf(ctx.by), max: 20, windowMs: hours(24) },
  ],
  form: (ctx: LoginContext): Limit[] => [
    { name: 'form network', subject: networkOf(ctx.by), max: 300, windowMs: minutes(15) },
  ],
} as const

const tried = async (limits: Limit[]): Promise<AttemptFailure | null> => {
  const exceeded = await takeAll(limits)
  return exceeded && { code: 'login.too_many_tries', retryAt: exceeded.resetsAt.toISOString() }
}

/** A try in a browser that its person has used before: counted for it alone, so that nobody is locked out from elsewhere. */
export const tryOnDevice = (ctx: LoginContext, own: Limit[]) => tried([...own, ...bounds.network(ctx)])

/** Each counts one try, and answers the failure when there have been too many. */
export const trySignIn = (ctx: LoginContext, key: string) => tried(bounds.signIn(ctx, key))
export const tryMail = (ctx: LoginContext, key: string) => tried(bounds.mail(ctx, key))
export const tryCode = (ctx: LoginContext, who: string, attemptId: string) => tried(bounds.code(ctx, who, attemptId))
export const tryStart = (ctx: LoginContext) => tried(bounds.start(ctx))
/** Nobody guesses a passkey, and before it is proven it is nobody's: tries are counted by network alone. */
export const tryPasskey = (ctx: LoginContext) => tried(bounds.passkey(ctx))
export const tryProof = (ctx: LoginContext) => tried(bounds.proof(ctx))

/** Counts a form that was refused before anything else was counted, and says whether it is one of too many. */
export const isFlooding = async (ctx: LoginContext): Promise<boolean> => (await takeAll(bounds.form(ctx))) !== null

/** A success forgives what was mistyped before it, by this account; the network's count stays. */
export const forgive = (ctx: LoginContext, key: string, own: readonly Limit[] = []): Promise<void> =>
  withPlatform(async (tx) => {
    for (const { name, subject } of own) await clear(tx, name, subject)
    await clear(tx, 'sign-in account', account(ctx, key))
    await clear(tx, 'sign-in day', account(ctx, key))
  })

/** The same for codes. */
export const forgiveCodes = (who: string): Promise<void> => withPlatform((tx) => clear(tx, 'code account', who))
