// The door of every form: reads the answer, asks core, keeps in cookies what the browser has to keep, and sends it on
// with 303. An answer is never answered with a page: reloading that page would send the answer again.

import { keepAnswer } from '#core/account'
import type { AttemptFailure, LoginContext, Outcome } from '#core/login/contract'
import { canonicalAddressOf, directory } from '#core/organizations'
import { shownAgain } from '#core/people'
import type { Answer, FieldRule } from '#core/people/contract'
import { type Failure, fail, isFailure } from '#platform/failure'
import { type LinkKind, linkSecret, linkValue } from '#web/link-cookie'
import { makeSite, type Site, siteOf } from '#web/site'
import { isReturnPath, readForm } from './answer.ts'
import { loginContext, readCookie, speakTo, writeCookie } from './context.ts'
import { leaveWay } from './elsewhere.ts'
import { leaveFlash } from './flash.ts'
import { signInByTicket } from './session.ts'
import { type PageSession, type SiteParams, sessionOf } from './visit.ts'

export type Door = {
  site: Site
  ctx: LoginContext
  answer: Answer
  /** The secret in the attempt's cookie. */
  attempt: string | null
  link: (kind: LinkKind) => Promise<string | null>
  /** Who is signed in here; null for nobody. */
  session: () => Promise<PageSession | null>
}

export type Route = (request: Request, context: { params: SiteParams }) => Promise<Response>

/** 303, so that the browser asks for the next page instead of sending the answer there as well. */
export const goTo = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })

const enter = async (site: Site, ticket: string): Promise<string> => {
  if (!(await signInByTicket(site, ticket))) {
    await leaveFlash(site, { kind: 'failure', code: 'login.expired' })
    return '/sign-in'
  }
  const wanted = await readCookie(site, 'return')
  await writeCookie(site, 'return', null)
  return wanted !== null && isReturnPath(wanted) ? wanted : '/account'
}

const leaveNote = async (
  site: Site,
  { failure, notice }: { failure?: AttemptFailure; notice?: string },
): Promise<void> => {
  if (failure) await leaveFlash(site, { kind: 'failure', ...failure })
  else if (notice) await leaveFlash(site, { kind: 'success', code: notice })
}

/** Another organization, met where it is shown: in the language of this page, if it speaks it. */
const siteAt = (organizationId: string, { locale }: Site): Promise<Site> => {
  const organization = directory().byId(organizationId) ?? fail('organizations.not_found')
  const { locales } = organization
  return makeSite({
    organization,
    address: canonicalAddressOf(organization),
    locale: locales.includes(locale) ? locale : (locales[0] ?? 'en'),
    scheme: null,
  })
}

/** Keeps what an outcome says in cookies, and goes where it says. */
export const follow = async (here: Site, outcome: Outcome): Promise<Response> => {
  const { attempt, link, ticket, locale = null, at } = outcome
  if (link !== undefined) await writeCookie(here, 'ticket', link === null ? null : linkValue('reset', link))
  const site = at === undefined ? here : await siteAt(at, here)
  if (attempt !== undefined) await writeCookie(site, 'attempt', attempt)
  await leaveNote(site, outcome)
  if (outcome.elsewhere) await leaveWay(site, outcome.elsewhere)
  if (ticket === undefined) return goTo(site.path(outcome.next))
  await speakTo(site, locale)
  return goTo(site.path(await enter(site, ticket)))
}

/** A form that anybody may answer. */
export const answering =
  (handle: (door: Door) => Promise<Outcome>): Route =>
  async (request, { params }) => {
    const site = await siteOf((await params).site)
    const ctx = await loginContext(site)
    const door: Door = {
      site,
      ctx,
      answer: await readForm(request),
      attempt: await readCookie(site, 'attempt'),
      link: async (kind) => linkSecret(kind, await readCookie(site, 'ticket')),
      session: () => sessionOf(site, ctx),
    }
    return follow(site, await handle(door))
  }

export type OwnDoor = { site: Site; answer: Answer; session: PageSession }

export type OwnOutcome = { notice?: string; row?: string; next?: string }

export type OwnForm = {
  /** Where it is sent. */
  path: string
  /** The page of the form, and where a refusal leads: with the row open that was answered. */
  page: string
  rowOf: (answer: Answer) => string | null
  /** What may be shown again. */
  rules: Readonly<Record<string, FieldRule>>
  /** `next` is another page than that of the form. */
  handle: (door: OwnDoor) => Promise<OwnOutcome>
}

const opened = (page: string, row: string | null | undefined): string => (row ? `${page}?edit=${row}#${row}` : page)

/** Tells the next page why an answer was refused, with what may be shown of it again. */
export const leaveRefusal = async (
  site: Site,
  { code, field, data }: Failure,
  values: Record<string, string> = {},
): Promise<void> => {
  const retryAt = typeof data?.retryAt === 'string' ? { retryAt: data.retryAt } : {}
  const triesLeft = typeof data?.triesLeft === 'number' ? { triesLeft: data.triesLeft } : {}
  await leaveFlash(site, { kind: 'failure', code, ...(field ? { field } : {}), ...retryAt, ...triesLeft, values })
}

/** Where somebody proves themselves again, for an answer that waits for it. */
export const confirmPath = (keptId: string | null): string =>
  keptId === null ? '/account/confirm' : `/account/confirm?kept=${keptId}`

/** Performs an answer to a form of My Account. One that needs a fresh proof waits until there is one. */
export const performOwn = async (form: OwnForm, door: OwnDoor): Promise<Response> => {
  const { path, page, rowOf, rules, handle } = form
  const { site, answer, session } = door
  try {
    const { notice, row, next } = await handle(door)
    await leaveNote(site, notice ? { notice } : {})
    return goTo(site.path(next ?? opened(page, row)))
  } catch (error) {
    if (!isFailure(error)) throw error
    if (error.code === 'account.proof_needed') {
      return goTo(site.path(confirmPath(await keepAnswer(session.context, { form: path, answer }))))
    }
    await leaveRefusal(site, error, shownAgain(answer, rules))
    return goTo(site.path(opened(page, rowOf(answer))))
  }
}

/** A form of My Account. */
export const answeringSignedIn =
  (form: OwnForm): Route =>
  async (request, { params }) => {
    const site = await siteOf((await params).site)
    const answer = await readForm(request)
    const session = await sessionOf(site, await loginContext(site))
    if (session) return performOwn(form, { site, answer, session })
    await writeCookie(site, 'return', form.page)
    return goTo(site.path('/sign-in'))
  }
