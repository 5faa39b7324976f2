// The door of the console: who is signed in, what they may do here, and whether they may see a page of it at all.

import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { personActor } from '#core/access'
import { isKnownTo, may, require as requirePermission } from '#core/authority'
import type { Actor, ConsolePermission } from '#core/authority/contract'
import { permissions } from '#core/authority/contract'
import { find } from '#core/people'
import { withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import type { ConsoleFrameData } from '#ui/console/frame'
import { Problem } from '#ui/screens/problem'
import { type Site, siteOf } from '#web/site'
import { loginContext } from './context.ts'
import { type Flash, readFlash } from './flash.ts'
import { type PageSession, sessionOf } from './visit.ts'

/** What was asked for after the question mark; a name that stands twice counts once. */
export type Query = Readonly<Record<string, string | undefined>>

export type ConsoleVisit<Params> = {
  site: Site
  by: Actor
  session: PageSession
  flash: Flash | null
  params: Params
  query: Query
  /** A name that may stand more than once. */
  all: (name: string) => string[]
  frame: ConsoleFrameData
}

type Page<Params> = {
  /** The address, for coming back after signing in. */
  here: string | ((params: Params) => string)
  can: ConsolePermission | readonly ConsolePermission[] | 'anything'
  draw: (visit: ConsoleVisit<Params>) => Promise<ReactNode>
}

type Given<Params> = {
  params: Promise<Params & { site: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Somebody signed in at this site, with all that they hold here. */
export const actorOf = ({ context, homeId, personId }: PageSession): Promise<Actor> =>
  personActor(context.organizationId, { homeId, personId }, context.by)

const frameOf = async (site: Site, session: PageSession, by: Actor): Promise<ConsoleFrameData> => {
  const person = await withOrganization(session.homeId, (tx) => find(tx, session.personId))
  const { ancestors } = site.organization
  const { givenName = '', familyName = '', email = '' } = person ?? {}
  const held = (Object.keys(permissions) as ConsolePermission[]).filter((one) => may(by, one, ancestors))
  return { person: { givenName, familyName, email }, can: held }
}

/** A page that is not for whoever asks, or that is not there: in the clothes of the site, with the status of its own. */
const refusal = (site: Site, status: 403 | 404): ReactNode => (
  <>
    <meta name="livery-status" content={String(status)} />
    <Problem site={site} status={status} />
  </>
)

const queryOf = (asked: Record<string, string | string[] | undefined>): Query =>
  Object.fromEntries(
    Object.entries(asked).map(([name, value]) => [name, typeof value === 'string' ? value : value?.at(-1)]),
  )

const requireOneOf = (by: Actor, can: Page<unknown>['can'], chain: readonly string[]): void => {
  if (can === 'anything') return
  const wanted = typeof can === 'string' ? [can] : can
  const [first] = wanted
  if (first === undefined || wanted.some((permission) => may(by, permission, chain))) return
  // None of them: the refusal names the first.
  requirePermission(by, first, chain)
}

const consoleVisit = async <Params,>(
  site: Site,
  session: PageSession,
  by: Actor,
  { params, searchParams }: Given<Params>,
) => {
  const asked = await searchParams
  return {
    site,
    by,
    session,
    flash: await readFlash(site, session),
    params: await params,
    query: queryOf(asked),
    all: (name: string) => [asked[name] ?? []].flat(),
    frame: await frameOf(site, session, by),
  }
}

/**
 * A page of the console. Whoever is not signed in signs in first; whoever holds nothing here is answered as if there were
 * no console; whoever may not see this page is told so. What core refuses while it is drawn is answered the same way.
 */
export const consolePage =
  <Params = Record<never, string>>({ here, can, draw }: Page<Params>) =>
  async (given: Given<Params>): Promise<ReactNode> => {
    const params = await given.params
    const site = await siteOf(params.site)
    const session = await sessionOf(site, await loginContext(site))
    if (!session) {
      const back = typeof here === 'string' ? here : here(params)
      return redirect(site.path(`/sign-in/return?to=${encodeURIComponent(back)}`))
    }
    const by = await actorOf(session)
    const { ancestors } = site.organization
    if (!isKnownTo(by, ancestors)) return refusal(site, 404)
    try {
      requireOneOf(by, can, ancestors)
      return await draw(await consoleVisit(site, session, by, given))
    } catch (error) {
      if (isFailure(error) && (error.status === 403 || error.status === 404)) return refusal(site, error.status)
      throw error
    }
  }
