// What a page gets: the site it stands on, who is signed in, what the last answer led to, and the attempt under way.

import { redirect } from 'next/navigation'
import type { AccountContext } from '#core/account/contract'
import { lookAtInvitation, lookAtReset, lookAtSecure, lookAtSignIn, lookAtStart, lookAtVerify, view } from '#core/login'
import type {
  AttemptKind,
  AttemptView,
  InvitationLook,
  LoginContext,
  ResetLook,
  SecureLook,
  StartLook,
  VerifyLook,
} from '#core/login/contract'
import { lookAtCancel, lookAtFactor } from '#core/recovery'
import type { RecoveryLook } from '#core/recovery/contract'
import { linkSecret } from '#web/link-cookie'
import { type Site, siteOf } from '#web/site'
import { loginContext, readCookie } from './context.ts'
import { type Flash, readFlash } from './flash.ts'
import { signedIn } from './session.ts'

export type SiteParams = Promise<{ site: string }>

/** Somebody signed in at this site, with all that My Account asks for. */
export type PageSession = AccountContext['session'] & {
  context: AccountContext
  /** Of an authenticator app being set up; sealed. */
  enrolment: string | null
}

export type Visit = {
  site: Site
  t: Site['texts']['t']
  session: PageSession | null
  flash: Flash | null
  attempt: (kind: AttemptKind) => Promise<AttemptView | null>
  /** The link of a sign-up's mail that was opened here; null without one. */
  verification: () => Promise<VerifyLook | null>
  /** The link of a sign-in's mail that was opened here, and asked for in another browser; null otherwise. */
  openedElsewhere: () => Promise<{ code: string } | null>
  /** The link of a recovery's mail that was opened here, or proven by its code. */
  resetLink: () => Promise<ResetLook | null>
  /** The way out of a notice that was opened here; unknown without one. */
  wayOut: () => Promise<SecureLook>
  /** A link about a lost second step that was opened here; unknown without one. */
  recoveryLink: (kind: 'factor' | 'cancel') => Promise<RecoveryLook>
  /** The invitation whose link was opened here; unknown without one. */
  invitation: () => Promise<InvitationLook>
  /** How a business may start here, and how far it has come in this browser; anew, if it is asked for. */
  starting: (isAnew: boolean) => Promise<StartLook>
}

/** The person of this request's session; null when nobody is signed in here. */
export const sessionOf = async (site: Site, ctx: LoginContext): Promise<PageSession | null> => {
  if ((await readCookie(site, 'session')) === null) return null
  const found = await signedIn(site)
  if (!found) return null
  const session = { ...found, createdAt: new Date(found.createdAt), provenAt: new Date(found.provenAt) }
  const by = { ...ctx.by, kind: 'person' as const, homeId: session.homeId, personId: session.personId }
  return { ...session, context: { ...ctx, by, session }, enrolment: await readCookie(site, 'enrolment') }
}

const verificationOf = async (site: Site, ctx: LoginContext): Promise<VerifyLook | null> => {
  const link = linkSecret('verify', await readCookie(site, 'ticket'))
  if (link === null) return null
  const secret = await readCookie(site, 'attempt')
  const looked = await lookAtVerify(ctx, secret, link)
  if (looked.state === 'confirm' || looked.state === 'other-browser') return looked
  // An old link of the sign-up under way: the form for the newer code says more than a dead end.
  const under = (await view(ctx, secret, 'sign-up')) ?? (await view(ctx, secret, 'start'))
  return under?.step === 'check-mail' ? null : looked
}

export const visit = async (params: SiteParams): Promise<Visit> => {
  const site = await siteOf((await params).site)
  const ctx = await loginContext(site)
  const session = await sessionOf(site, ctx)
  return {
    site,
    t: site.texts.t,
    session,
    flash: await readFlash(site),
    attempt: async (kind) => view(ctx, await readCookie(site, 'attempt'), kind),
    verification: () => verificationOf(site, ctx),
    openedElsewhere: async () => lookAtSignIn(ctx, await readCookie(site, 'attempt')),
    resetLink: async () => {
      const link = linkSecret('reset', await readCookie(site, 'ticket'))
      return link === null ? null : lookAtReset(ctx, link)
    },
    wayOut: async () => {
      const link = linkSecret('secure', await readCookie(site, 'ticket'))
      return link === null ? { state: 'unknown' } : lookAtSecure(ctx, link)
    },
    recoveryLink: async (kind) => {
      const link = linkSecret(kind, await readCookie(site, 'ticket'))
      return kind === 'factor' ? lookAtFactor(ctx, link) : lookAtCancel(ctx, link)
    },
    starting: async (isAnew) =>
      lookAtStart(
        ctx,
        isAnew ? null : await readCookie(site, 'attempt'),
        linkSecret('start', await readCookie(site, 'ticket')),
      ),
    invitation: async () => lookAtInvitation(ctx, linkSecret('invitation', await readCookie(site, 'ticket')), session),
  }
}

/** The same for pages of My Account: whoever is not signed in is sent to sign in, and comes back to `here`. */
export const requireSession = async (
  params: SiteParams,
  here = '/account',
): Promise<Visit & { session: PageSession }> => {
  const visited = await visit(params)
  const { session, site } = visited
  if (session) return { ...visited, session }
  return redirect(site.path(here === '/account' ? '/sign-in' : `/sign-in/return?to=${encodeURIComponent(here)}`))
}
