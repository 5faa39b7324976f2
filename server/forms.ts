// Answers to forms: only from our own pages, only so large, and only to where a form is.

import { processState } from '#platform/process'
import { formRoute, hasForm, mostBytesOf, mostOfForm } from '#web/routes'
import { cookieName, cookieValue } from '#web/session-cookie'
import type { Site } from '#web/site'
import type { Answer } from './answer.ts'
import { type Asked, readBody } from './asked.ts'
import type { Render } from './next.ts'
import { innerHeaders, problem } from './pages.ts'

/** Files that are read at the same moment: each may take as much memory as it is large. */
const mostFiles = 8

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

type Read = { body: Buffer | null } | 'busy'

/** The answer of a form. A file is taken from somebody who has been here alone, and from a few at a time. */
export const readAnswer = async (site: Site, asked: Asked, path: string): Promise<Read> => {
  const mostBytes = mostBytesOf(path)
  const isKnown = cookieValue(asked.cookie, cookieName(site, 'session')) !== null
  if (mostBytes === mostOfForm || !isKnown) return { body: await readBody(asked.message, mostOfForm) }
  const files = processState('server.forms.files', () => ({ underWay: 0 }))
  if (files.underWay >= mostFiles) return 'busy'
  files.underWay += 1
  try {
    return { body: await readBody(asked.message, mostBytes) }
  } finally {
    files.underWay -= 1
  }
}

/** Sends an answer of a form to the pages' door, and hands on what it says: 303 and cookies. */
export const form = async (render: Render, site: Site, asked: Asked, path: string): Promise<Answer> => {
  const { origin, 'sec-fetch-site': fetchSite } = asked.message.headers
  if (!isOwnOrigin(site, { origin, fetchSite: fetchSite?.toString() })) return problem(render, site, 403)
  if (!hasForm(path, site.organization)) return problem(render, site, 404)
  const read = await readAnswer(site, asked, path)
  if (read === 'busy') return problem(render, site, 503, { connection: 'close', 'retry-after': '5' })
  const { body } = read
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
