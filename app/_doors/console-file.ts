// The door of files of the console: for whoever may have them, handed on by the server in front as what they are.

import type { Actor } from '#core/authority/contract'
import { isFailure } from '#platform/failure'
import { type Site, siteOf } from '#web/site'
import { actorOf } from './console.tsx'
import { loginContext } from './context.ts'
import { goTo } from './form.ts'
import { sessionOf } from './visit.ts'

type Asked = { site: Site; by: Actor; query: Readonly<Record<string, string | undefined>> }
type File = { type: string; name: string; pieces: AsyncIterable<string> }
type Door = { back: string; write: (asked: Asked) => Promise<File> }
type Given = { params: Promise<{ site: string }> }

const gathered = async (pieces: AsyncIterable<string>): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: string[] = []
  for await (const piece of pieces) parts.push(piece)
  return new TextEncoder().encode(parts.join(''))
}

/** Answers 403 and 404 without a body: the server in front draws the site's own page for them. */
export const consoleFile =
  ({ back, write }: Door) =>
  async (request: Request, { params }: Given): Promise<Response> => {
    const site = await siteOf((await params).site)
    const session = await sessionOf(site, await loginContext(site))
    if (!session) return goTo(site.path(`/sign-in/return?to=${encodeURIComponent(back)}`))
    try {
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const { type, name, pieces } = await write({ site, by: await actorOf(session), query })
      return new Response(await gathered(pieces), {
        headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
      })
    } catch (error) {
      if (isFailure(error) && (error.status === 403 || error.status === 404)) {
        return new Response(null, { status: error.status })
      }
      throw error
    }
  }
