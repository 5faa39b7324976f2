// The door of every form of the console: one operation, performed as whoever is signed in, by the checks that programs
// meet. A refusal leads back to the form with what was typed; a success to where the form says.

import { directory } from '#core/organizations'
import { shownAgain } from '#core/people'
import { fail, isFailure } from '#platform/failure'
import { actionOf, type Door } from '#web/console/actions'
import { askedBy, refusalOf } from '#web/console/ask'
import { consolePlace, placeAfter } from '#web/console/places'
import type { Sent } from '#web/console/sent'
import { performOperation } from '#web/perform'
import { makeSite, type Site, siteOf } from '#web/site'
import { readForm } from './answer.ts'
import { actorOf } from './console.tsx'
import { loginContext, readCookie, writeCookie } from './context.ts'
import { leaveFlash } from './flash.ts'
import { goTo } from './form.ts'
import { type PageSession, sessionOf } from './visit.ts'

const home = '/organization'
/** Of the form itself, not of what it says. */
const own: ReadonlySet<string> = new Set(['back', 'next', 'version'])
const longestShown = 20_000

/** A line without what cannot be seen. */
const seen = (line: string): string => shownAgain({ line }, { line: { max: longestShown, required: false } }).line ?? ''

/** What was typed, for the form to show again. Lists come back as lines. */
const typed = (sent: Sent): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) =>
      own.has(name) || value === undefined ? [] : [[name, [value].flat().join('\n').split('\n').map(seen).join('\n')]],
    ),
  )

const performThrough = async (site: Site, session: PageSession, door: Door, sent: Sent) =>
  performOperation(door.operation, await askedBy(site, await actorOf(session), door, sent))

/** An operation as its form asks for it, for a door that does more with the answer than to say so. */
export const performAs = async (site: Site, session: PageSession, name: string, sent: Sent) =>
  performThrough(site, session, actionOf(name) ?? fail('request.unknown_address'), sent)
/**
 * The site as it is met from now on: a changed handle changes its address by path, and the names of its cookies. Whoever has
 * changed it stays signed in, and is not led through the old one.
 */
const siteAfter = async (site: Site): Promise<Site> => {
  const organization = directory().byId(site.organization.id)
  if (!organization || organization.handle === site.organization.handle) return site
  const { address, locale, scheme } = site
  const after = await makeSite({ organization, address, locale, scheme })
  // At an address by name the host is another one, which takes no cookies from here.
  if (after.origin !== site.origin) return after
  await writeCookie(after, 'session', await readCookie(site, 'session'))
  await writeCookie(site, 'session', null)
  return after
}

const perform = async (site: Site, session: PageSession, door: Door, sent: Sent): Promise<string> => {
  const { action } = door
  const { body, location } = await performThrough(site, session, door, sent)
  const { values, details } = action.tell?.(body) ?? {}
  const note = { kind: 'success' as const, code: action.noticeOf?.(body) ?? action.notice }
  const told = { ...(values ? { told: values } : {}), ...(details === undefined ? {} : { details }) }
  const after = await siteAfter(site)
  const place = placeAfter(sent.next, location) ?? consolePlace(sent.back) ?? home
  if (after.origin !== site.origin) return after.origin + after.path('/sign-in')
  await leaveFlash(after, { ...note, ...told }, session)
  return after.path(place)
}

const refuse = async (site: Site, session: PageSession, sent: Sent, error: unknown): Promise<string> => {
  if (!isFailure(error) || error.status >= 500) throw error
  const { retryAt } = error.data ?? {}
  const again = typeof retryAt === 'string' ? { retryAt } : {}
  await leaveFlash(site, { kind: 'failure', ...refusalOf(error), ...again, values: typed(sent) }, session)
  return site.path(consolePlace(sent.back) ?? home)
}

export const answerConsole = async (
  site: Site,
  session: PageSession,
  operation: string,
  sent: Sent,
): Promise<string> => {
  const door = actionOf(operation)
  try {
    return await perform(site, session, door ?? fail('request.unknown_address'), sent)
  } catch (error) {
    return refuse(site, session, sent, error)
  }
}

type Params = { params: Promise<{ site: string; operation: string }> }

/** Answers a form that is sent to `/organization/do/<operation>`. */
export const answeringConsole = async (request: Request, { params }: Params): Promise<Response> => {
  const { site: key, operation } = await params
  const site = await siteOf(key)
  const sent = await readForm(request)
  const session = await sessionOf(site, await loginContext(site))
  if (!session) {
    const back = consolePlace(sent.back)?.split(/[?#]/)[0] ?? home
    await writeCookie(site, 'return', back)
    return goTo(site.path('/sign-in'))
  }
  return goTo(await answerConsole(site, session, operation, sent))
}
