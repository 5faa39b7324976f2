// The door of files of the console: for whoever may have them, handed on by the server in front as what they are.

import { isKnownTo } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { isFailure } from '#platform/failure'
import { type Site, siteOf } from '#web/site'
import { actorOf } from './console.tsx'
import { loginContext } from './context.ts'
import { goTo } from './form.ts'
import { type PageSession, sessionOf } from './visit.ts'

type Asked = { site: Site; by: Actor; session: PageSession; query: Readonly<Record<string, string | undefined>> }
type File = { type: string; name: string; pieces: AsyncIterable<string> | Iterable<string> }
type Door = { back: string; write: (asked: Asked) => Promise<File> }
type Given = { params: Promise<{ site: string }> }

/** Spreadsheets take a file for UTF-8 if it says so first. */
const mark = '\ufeff'

/** A file for a spreadsheet. */
export const csvFile = (name: string, content: string): File => ({
  type: 'text/csv; charset=utf-8',
  name: `${name}.csv`,
  pieces: [mark + content],
})

const gathered = async (pieces: File['pieces']): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: string[] = []
  for await (const piece of pieces) parts.push(piece)
  return new TextEncoder().encode(parts.join(''))
}

/** Without a body: the server in front draws the site's own page. */
const refusal = (status: 403 | 404): Response => new Response(null, { status })

/** Answers with a file. Whoever is not signed in signs in first, and is led to the page that it hangs on. */
export const consoleFile =
  ({ back, write }: Door) =>
  async (request: Request, { params }: Given): Promise<Response> => {
    const site = await siteOf((await params).site)
    const session = await sessionOf(site, await loginContext(site))
    if (!session) return goTo(site.path(`/sign-in/return?to=${encodeURIComponent(back)}`))
    const by = await actorOf(session)
    if (!isKnownTo(by, site.organization.ancestors)) return refusal(404)
    try {
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const { type, name, pieces } = await write({ site, by, session, query })
      return new Response(await gathered(pieces), {
        headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
      })
    } catch (error) {
      if (isFailure(error) && (error.status === 403 || error.status === 404)) return refusal(error.status)
      throw error
    }
  }
