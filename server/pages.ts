// Pages of a site: drawn by Next, finished here, and kept where they are the same for everybody.

import { LRUCache } from 'lru-cache'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import { passkeyScript } from '#web/enhancement'
import { type Page, passkeyOptionsPath, problemRoute } from '#web/routes'
import { cookieName, cookieValue, forgetCookie, isAnonymous, siteCookies } from '#web/session-cookie'
import type { Site } from '#web/site'
import type { Answer } from './answer.ts'
import type { Asked } from './asked.ts'
import { pack } from './encoding.ts'
import { finishPage } from './html.ts'
import { neutral } from './neutral.ts'
import type { InnerRequest, InnerResponse, Render } from './next.ts'
import { filePolicy, type PolicyWish, pagePolicy } from './policy.ts'

const html = 'text/html; charset=utf-8'

/** The cookies of this site and no others: what is not handed on cannot be mistaken for something. */
const ownCookies = (site: Site, header: string | undefined): string =>
  siteCookies
    .flatMap((cookie) => {
      const name = cookieName(site, cookie)
      const value = cookieValue(header, name)
      return value === null ? [] : [`${name}=${value}`]
    })
    .join('; ')

/** What Next is told of a request: who sent it, and this site's cookies. Everything else stays outside. */
export const innerHeaders = (site: Site, asked: Asked): Record<string, string> => {
  const { 'user-agent': userAgent, 'content-type': contentType } = asked.message.headers
  const cookie = ownCookies(site, asked.cookie)
  return {
    host: 'localhost',
    'x-livery-request': asked.id,
    'x-livery-address': asked.address,
    ...(userAgent ? { 'user-agent': userAgent } : {}),
    ...(contentType ? { 'content-type': contentType } : {}),
    ...(cookie ? { cookie } : {}),
  }
}

const handedOn = (response: InnerResponse): Record<string, string | string[]> => {
  const { location, 'set-cookie': setCookie } = response.headers
  return {
    ...(location ? { location: String(location) } : {}),
    ...(setCookie ? { 'set-cookie': [setCookie].flat() } : {}),
  }
}

const placesOf = (site: Site) => ({ script: passkeyScript().path, options: site.path(passkeyOptionsPath) })

/** A drawn page as an answer, its policy made from what it contains. Without a site it is one of nobody's, as in the gallery. */
export const finished = (
  response: InnerResponse,
  site: Site | null,
  wish: PolicyWish = {},
): { answer: Answer; body: Buffer } => {
  const page = finishPage(response.body.toString('utf8'), site && placesOf(site))
  const body = Buffer.from(page.html)
  const answer: Answer = {
    status: page.status ?? response.status,
    headers: {
      'content-type': html,
      'content-security-policy': pagePolicy({ ...wish, styleHashes: page.styleHashes, asks: page.usesPasskeys }),
      ...handedOn(response),
    },
    body,
  }
  return { answer, body }
}

/** Handed out again and again as it is; whoever needs other headers makes another answer of it. */
type Kept = Readonly<Answer>

const keptPages = () => processState('server.pages', () => new LRUCache<string, Promise<Kept>>({ max: 2000 }))

const drawForEverybody = async (render: Render, site: Site, route: string): Promise<Kept> => {
  const response = await render({ method: 'GET', path: `/${site.key}${route}`, headers: { host: 'localhost' } })
  const { answer, body } = finished(response, site)
  if (response.status >= 300) throw new Error(`${route} answered ${response.status} to nobody in particular`)
  const headers = {
    'cache-control': answer.status === 200 ? 'private, no-cache' : 'no-store',
    'content-security-policy': String(answer.headers?.['content-security-policy']),
    vary: 'Accept-Encoding, Accept-Language, Cookie',
  }
  return Object.freeze({ status: answer.status, headers: Object.freeze(headers), body: await pack(body, html) })
}

/** A page that is the same for everybody: drawn once for each key, also when many ask at the same moment. */
const shared = (render: Render, site: Site, route: string): Promise<Kept> => {
  const key = `${site.key} ${route}`
  const known = keptPages().get(key)
  if (known) return known
  const drawing = drawForEverybody(render, site, route)
  keptPages().set(key, drawing)
  // Whoever comes after a failure tries again.
  drawing.catch(() => keptPages().delete(key))
  return drawing
}

/** Why a page cannot be shown, in the site's own clothes; a page of nobody where even that goes wrong. */
export const problem = async (
  render: Render,
  site: Site,
  status: 400 | 403 | 404 | 405 | 413 | 414 | 500 | 503,
  headers: Answer['headers'] = {},
  reference?: string,
): Promise<Answer> => {
  try {
    if (reference === undefined) {
      const answer = await shared(render, site, problemRoute(status))
      return { ...answer, headers: { ...answer.headers, ...headers } }
    }
    const path = `/${site.key}${problemRoute(status)}?reference=${reference}`
    const { answer } = finished(await render({ method: 'GET', path, headers: { host: 'localhost' } }), site)
    return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store', ...headers } }
  } catch (error) {
    log.error({ reason: (error as Error).message }, 'a problem could not be drawn')
    return neutral(status, headers, reference)
  }
}

/** Whether a request may be answered with what everybody gets. */
const isForEverybody = (site: Site, asked: Asked): boolean => !asked.hasQuery && isAnonymous(site, asked.cookie)

/** Types of files that a page hands out; whatever else one says it is, it is not sent as. */
const fileTypes: ReadonlySet<string> = new Set([
  'text/csv; charset=utf-8',
  'text/plain; charset=utf-8',
  'application/jsonl; charset=utf-8',
])
const attachment = /^attachment; filename="[a-z0-9][a-z0-9-]{0,120}\.(?:csv|jsonl|txt)"$/

/** A file to keep: under its own type and name, where nothing in it can run, and never as a page. */
export const fileOf = ({ headers, body }: InnerResponse): Answer => {
  const [type, name] = [String(headers['content-type']), String(headers['content-disposition'])]
  if (!fileTypes.has(type) || !attachment.test(name)) throw new Error(`a page hands out ${type} as ${name}`)
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-disposition': name,
      'content-security-policy': filePolicy,
      'cache-control': 'no-store',
    },
    body,
  }
}

/** One of the pages of a site. */
export const page = async (
  render: Render,
  site: Site,
  asked: Asked,
  path: string,
  { isShared, isFile }: Page,
): Promise<Answer> => {
  if (isShared && isForEverybody(site, asked)) return shared(render, site, path)
  const query = asked.hasQuery ? `?${asked.query}` : ''
  const request: InnerRequest = {
    method: 'GET',
    path: `/${site.key}${path}${query}`,
    headers: innerHeaders(site, asked),
  }
  const response = await render(request)
  if (response.status >= 500) return problem(render, site, 500, {}, asked.id)
  const headers = { 'cache-control': 'no-store' }
  if (isFile && (response.status === 403 || response.status === 404)) return problem(render, site, response.status)
  if (response.status >= 300) return { status: response.status, headers: { ...headers, ...handedOn(response) } }
  if (isFile) return fileOf(response)
  const { answer } = finished(response, site)
  const setCookie = [answer.headers?.['set-cookie'] ?? []].flat()
  // A note is for one page: it has been shown now. A HEAD shows nothing.
  const hasFlash = cookieValue(asked.cookie, cookieName(site, 'flash')) !== null
  if (hasFlash && asked.method === 'GET') setCookie.push(forgetCookie(site, 'flash'))
  return {
    ...answer,
    headers: { ...answer.headers, ...headers, ...(setCookie.length > 0 ? { 'set-cookie': setCookie } : {}) },
  }
}
