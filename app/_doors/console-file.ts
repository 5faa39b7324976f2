// A file that the console hands out: for whoever may see it, under a plain name.

import { isKnownTo } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { isFailure } from '#platform/failure'
import { type Site, siteOf } from '#web/site'
import { actorOf } from './console.tsx'
import { loginContext } from './context.ts'
import { goTo } from './form.ts'
import { type PageSession, sessionOf } from './visit.ts'

type File = { name: string; content: string }
type Asked = { site: Site; by: Actor; session: PageSession; query: URLSearchParams }

/** Spreadsheets take a file for UTF-8 if it says so first. */
const mark = '\ufeff'

const refusal = (status: 403 | 404): Response => new Response(null, { status })

const handedOut = ({ name, content }: File): Response =>
  new Response(mark + content, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
  })

/** Answers with a file. Whoever is not signed in signs in first, and is led to the page that it hangs on. */
export const consoleFile =
  (page: string, make: (asked: Asked) => Promise<File>) =>
  async (request: Request, { params }: { params: Promise<{ site: string }> }): Promise<Response> => {
    const site = await siteOf((await params).site)
    const session = await sessionOf(site, await loginContext(site))
    if (!session) return goTo(site.path(`/sign-in/return?to=${encodeURIComponent(page)}`))
    const by = await actorOf(session)
    if (!isKnownTo(by, site.organization.ancestors)) return refusal(404)
    try {
      const query = new URL(request.url).searchParams
      return handedOut(await make({ site, by, session, query }))
    } catch (error) {
      if (isFailure(error) && (error.status === 403 || error.status === 404)) return refusal(error.status)
      throw error
    }
  }
