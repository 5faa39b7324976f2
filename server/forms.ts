// Answers to forms: only from our own pages, only so large, and only to where a form is.

import { formRoute, hasForm } from '#web/routes'
import type { Site } from '#web/site'
import type { Answer } from './answer.ts'
import { type Asked, readBody } from './asked.ts'
import type { Render } from './next.ts'
import { innerHeaders, problem } from './pages.ts'

const mostBytes = 64 * 1024

/**
 * Whether a browser says that the form stands on a page of this site. `null` is what sandboxed frames and redirects say. A
 * client that says nothing at all is no browser, and brings no cookie that somebody else planted a form for.
 */
export const isOwnOrigin = (
  site: Pick<Site, 'origin'>,
  headers: { origin?: string | undefined; fetchSite?: string | undefined },
): boolean => {
  if (headers.origin !== undefined) return headers.origin === site.origin
  return headers.fetchSite === undefined || headers.fetchSite === 'same-origin' || headers.fetchSite === 'none'
}

/** Sends an answer of a form to the pages' door, and hands on what it says: 303 and cookies. */
export const form = async (render: Render, site: Site, asked: Asked, path: string): Promise<Answer> => {
  const { origin, 'sec-fetch-site': fetchSite } = asked.message.headers
  if (!isOwnOrigin(site, { origin, fetchSite: fetchSite?.toString() })) return problem(render, site, 403)
  if (!hasForm(path, site.organization)) return problem(render, site, 404)
  const body = await readBody(asked.message, mostBytes)
  // The rest of it is not read, so the connection is of no further use.
  if (body === null) return problem(render, site, 413, { connection: 'close' })
  const response = await render({
    method: 'POST',
    path: `/${site.key}${formRoute(path)}`,
    headers: innerHeaders(site, asked),
    body,
  })
  const { location, 'set-cookie': setCookie } = response.headers
  if (response.status !== 303 || !location) return problem(render, site, 500, {}, asked.id)
  return {
    status: 303,
    headers: {
      location: String(location),
      'cache-control': 'no-store',
      ...(setCookie ? { 'set-cookie': [setCookie].flat() } : {}),
    },
  }
}
