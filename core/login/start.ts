// A business starts an organization below this one: its form, the proof of the address by the same mail as a sign-up's, and
// what its page shows. Nothing is there before the address is proven. Whether that has accounts elsewhere is of no interest:
// whoever starts will live in the new organization.

import { systemActor } from '#core/authority'
import { hashPassword } from '#core/credentials'
import { businessName, requireFree, suggestHandles, typedHandle } from '#core/onboarding'
import type { BusinessInvitation, NewBusiness } from '#core/onboarding/contract'
import { addressOf, canonicalAddressOf, checkHandle, directory } from '#core/organizations'
import { failureOf, fields, readAnswer, shownAgain } from '#core/people'
import type { Answer } from '#core/people/contract'
import { withOrganization, withPlatform } from '#platform/database'
import { isFailure } from '#platform/failure'
import { type Attempt, goOn, held, move, refuse, type Starting } from './attempts.ts'
import { tryMail } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome, StartLook } from './contract.ts'
import { nextResendAt, sendVerification } from './links.ts'
import { organizationOf } from './proven.ts'
import { newPasswordRule, readNewPerson } from './sign-up.ts'
import { completeStart, invitationBehind, startingOf, startPage } from './starting.ts'

const handleRules = { handle: { max: 60 } } as const
const businessRules = { name: { max: 80 }, ...handleRules } as const
const rules = {
  ...businessRules,
  given_name: fields.given_name,
  family_name: fields.family_name,
  email: fields.email,
  password: newPasswordRule,
} as const

/** Whether somebody may begin here, and by whose word. A good link opens what is not open to everybody. */
const entrance = async (ctx: LoginContext, link: string | null) => {
  const mode = organizationOf(ctx).businessSignUp
  const opened = mode === 'closed' ? null : await invitationBehind(ctx, link)
  const invitation = opened?.state === 'valid' ? opened : null
  return { isOpen: mode === 'open' || mode === 'approval' || invitation !== null, invitation, opened }
}

const readBusiness = (ctx: LoginContext, answer: Answer) => {
  const typed = readAnswer(answer, businessRules)
  const named = { name: businessName(typed.name), handle: typedHandle(typed.handle) }
  const { secondFactorRequired } = organizationOf(ctx)
  return { ...named, ...readNewPerson(ctx, answer, { ...named, secondFactorRequired }) }
}

type Beginning = { before: Attempt | null; starting: Starting; values: Record<string, string> }

/** Begins the attempt, and has the address proven: by the mail that goes there now. */
const sendProof = (ctx: LoginContext, { before, starting, values }: Beginning): Promise<Outcome> =>
  withOrganization(ctx.organizationId, async (tx) => {
    const opening = {
      kind: 'start',
      step: 'check-mail',
      values,
      resendAt: nextResendAt(),
      inner: { starting },
    } as const
    const { id, secret } = await goOn(tx, ctx, before, opening)
    await sendVerification(tx, ctx, id, starting.business.email, false)
    return { next: '/verify', attempt: secret }
  })

/** The same where the link of an invitation has proven the address already. */
const goOnProven = async (ctx: LoginContext, { before, starting, values }: Beginning): Promise<Outcome> => {
  const { secret } = await withOrganization(ctx.organizationId, (tx) =>
    goOn(tx, ctx, before, { kind: 'start', step: 'verify', values, inner: { starting } }),
  )
  const attempt = await held(ctx, secret, 'start')
  if (!attempt) return { next: startPage, failure: { code: 'login.expired' } }
  return { attempt: secret, ...(await completeStart(ctx, secret, attempt)) }
}

export const start = async (
  ctx: LoginContext,
  secret: string | null,
  link: string | null,
  answer: Answer,
): Promise<Outcome> => {
  const { isOpen, invitation } = await entrance(ctx, link)
  if (!isOpen) return { next: startPage }
  const before = await held(ctx, secret, 'start')
  const kept = before?.step === 'password' ? before : null
  const refused = (failure: AttemptFailure) =>
    refuse(ctx, kept, { kind: 'start', next: startPage, values: shownAgain(answer, rules), failure })
  try {
    const { name, handle, person, password } = readBusiness(ctx, answer)
    // Whether somebody's request waits for it is told after the proof: before, it would tell whose.
    await withPlatform((tx) => checkHandle(tx, systemActor, ctx.organizationId, handle))
    const bound = await tryMail(ctx, person.email)
    if (bound) return await refused(bound)
    const passwordHash = await hashPassword(password)
    const business: NewBusiness = { name, handle, ...person, locale: ctx.locale, passwordHash }
    const beginning = {
      before,
      starting: { business, invitation: invitation ? link : null },
      values: { ...shownAgain(answer, rules), handle },
    }
    return await (invitation?.email === person.email ? goOnProven(ctx, beginning) : sendProof(ctx, beginning))
  } catch (error) {
    return refused(isFailure(error, 'busy') ? { code: 'login.busy' } : failureOf(error))
  }
}

/** Another name in addresses, where the first one was gone when the address was proven. Also goes on from an interruption. */
export const chooseHandle = async (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> => {
  const attempt = await held(ctx, secret, 'start')
  if (attempt?.step === 'done') return { next: startPage }
  if (attempt?.step !== 'verify') return { next: startPage, failure: { code: 'login.expired' } }
  const refused = (failure: AttemptFailure) =>
    refuse(ctx, attempt, { kind: 'start', next: startPage, values: shownAgain(answer, handleRules), failure })
  try {
    const starting = startingOf(attempt)
    const handle = typedHandle(readAnswer(answer, handleRules).handle)
    await withPlatform((tx) => requireFree(tx, ctx.organizationId, handle, starting.business.email))
    const inner = { starting: { ...starting, business: { ...starting.business, handle } } }
    const values = { ...attempt.state.values, handle }
    await withOrganization(ctx.organizationId, (tx) => move(tx, attempt, 'verify', { values, inner }))
  } catch (error) {
    return refused(failureOf(error))
  }
  const chosen = await held(ctx, secret, 'start')
  return chosen?.step === 'verify' ? completeStart(ctx, secret, chosen) : { next: startPage }
}

/** How an address below this product's own reads, with `{handle}` where the name goes. */
const preview = (): string => {
  const { origin, base } = addressOf({ handle: 'x' }, { form: 'path' })
  return `${new URL(origin).host}${base.slice(0, -1)}{handle}`
}

const isAboutHandle = (code: string | undefined): boolean =>
  /^organizations\.handle_(?:taken|reserved)$/.test(code ?? '')

const suggestionsFor = async (ctx: LoginContext, attempt: Attempt | null): Promise<string[]> => {
  if (!attempt || !isAboutHandle(attempt.state.failure?.code)) return []
  const { name = '', handle = '' } = attempt.state.values
  return suggestHandles(ctx.organizationId, name, handle)
}

const told = (invitation: BusinessInvitation): NonNullable<StartLook['invitation']> => ({
  email: invitation.email,
  inviter: invitation.inviterName,
  message: invitation.message,
})

/** What was begun in this browser has come to its end: where the organization is, or that somebody decides. */
const ended = ({ organization_id: id, name = '', handle = '', email = '' }: Record<string, string>) => {
  if (id === undefined) return { state: 'waiting', name, handle } as const
  const organization = directory().byId(id)
  if (!organization) return null
  const { origin, base } = addressOf(organization, canonicalAddressOf(organization))
  const address = origin + base
  const signIn = `${address}/sign-in?login_hint=${encodeURIComponent(email)}`
  return { state: 'ready', name: organization.name, handle: organization.handle, address, signIn } as const
}

/** What the page shows to whoever has this attempt and this link. Looking changes nothing. */
export const lookAtStart = async (
  ctx: LoginContext,
  secret: string | null,
  link: string | null,
): Promise<StartLook> => {
  const attempt = await held(ctx, secret, 'start')
  const base = { preview: preview(), suggestions: await suggestionsFor(ctx, attempt) }
  const end = attempt?.step === 'done' ? ended(attempt.state.values) : null
  if (end) return { ...base, ...end }
  if (attempt?.step === 'verify') return { ...base, state: 'handle' }
  const { isOpen, invitation, opened } = await entrance(ctx, link)
  if (isOpen) {
    const needsApproval = organizationOf(ctx).businessSignUp === 'approval'
    return { ...base, state: 'form', ...(invitation ? { invitation: told(invitation) } : { needsApproval }) }
  }
  return { ...base, state: opened && opened.state !== 'valid' ? opened.state : 'invitation-only' }
}
