// What to ask a browser for a passkey with: told to the script of a page of ours, as JSON. Before anything is proven it is the same
// for everybody, and is bound to a random value in a cookie of this browser.

import { passkeyToMake, passkeyToProve } from '#core/account'
import type { AccountContext } from '#core/account/contract'
import { visitor } from '#core/authority'
import { networkOf, passkeyForSecondStep, passkeyToEnrol, passkeyToSignIn } from '#core/login'
import type { LoginContext } from '#core/login/contract'
import { look } from '#core/sessions'
import { Failure, fail, isFailure, registerStatuses } from '#platform/failure'
import { log } from '#platform/log'
import { newSecret } from '#platform/secrets'
import { problemOf, problemType, summaryOf } from '#web/problem'
import { passkeyOptionsPath } from '#web/routes'
import { cookieLine, cookieName, cookieValue, type SiteCookie } from '#web/session-cookie'
import type { Site } from '#web/site'
import { type Answer, json } from './answer.ts'
import { type Asked, readBody } from './asked.ts'
import { isOwnOrigin } from './forms.ts'
import { bounds, count, requireWithin } from './rest/limits.ts'

registerStatuses({ 'request.foreign_origin': 403 })

/** Two short fields. */
const mostBytes = 1024

type Asking = { site: Site; asked: Asked; ctx: LoginContext; fields: URLSearchParams }
type Told = { options: unknown; challenge: string }

const cookieOf = ({ site, asked }: Asking, cookie: SiteCookie): string | null =>
  cookieValue(asked.cookie, cookieName(site, cookie))

/** Whoever is signed in here, in their own account. */
const accountOf = async (asking: Asking): Promise<AccountContext> => {
  const { ctx } = asking
  const secret = cookieOf(asking, 'session')
  const session = (secret && (await look(ctx.organizationId, secret))) || fail('session.unknown')
  const { homeId, personId } = session
  return { ...ctx, by: { ...ctx.by, kind: 'person', homeId, personId }, session }
}

/** The value that another page of this browser was bound to serves for this one as well. */
const bindingOf = (asking: Asking): string => {
  const known = cookieOf(asking, 'passkey')
  return known !== null && /^[\w-]{43}$/.test(known) ? known : newSecret()
}

const toSignIn = (asking: Asking): { told: Told; setCookie: string } => {
  const binding = bindingOf(asking)
  return { told: passkeyToSignIn(asking.ctx, binding), setCookie: cookieLine(asking.site, 'passkey', binding) }
}

/** On the way into an account (`at` says where), or in it. */
const toRegister = async (asking: Asking): Promise<Told> =>
  asking.fields.has('at')
    ? passkeyToEnrol(asking.ctx, cookieOf(asking, 'attempt'))
    : passkeyToMake(await accountOf(asking))

const telling = async (asking: Asking): Promise<{ told: Told; setCookie?: string }> => {
  switch (asking.fields.get('for')) {
    case 'sign-in':
      return toSignIn(asking)
    case 'second-step':
      return { told: await passkeyForSecondStep(asking.ctx, cookieOf(asking, 'attempt')) }
    case 'register':
      return { told: await toRegister(asking) }
    case 'upgrade':
      return { told: await passkeyToMake(await accountOf(asking), 'upgrade') }
    case 'proof':
      return { told: await passkeyToProve(await accountOf(asking)) }
    default:
      return fail('request.invalid')
  }
}

const read = async (site: Site, asked: Asked): Promise<Asking> => {
  const { origin, 'sec-fetch-site': fetchSite, 'user-agent': userAgent } = asked.message.headers
  if (!isOwnOrigin(site, { origin, fetchSite: fetchSite?.toString() })) return fail('request.foreign_origin')
  const by = visitor({ address: asked.address, requestId: asked.id, ...(userAgent ? { userAgent } : {}) })
  requireWithin(count(bounds.passkey, networkOf(by)))
  const body = (await readBody(asked.message, mostBytes)) ?? fail('request.too_large')
  const { organization, address, locale } = site
  const ctx = { organizationId: organization.id, address, locale, by }
  return { site, asked, ctx, fields: new URLSearchParams(body.toString('utf8')) }
}

/** What went wrong as something that may be told; a mistake of ours is recorded, and nothing of it is shown. */
const asFailure = (error: unknown, { id }: Asked): Failure => {
  if (isFailure(error) && error.status < 500) return error
  const { message: reason, stack } = error as Error
  log.error({ request: id, reason, stack }, 'a browser could not be told what to ask for')
  return new Failure('request.failed')
}

const refused = (site: Site, asked: Asked, error: unknown): Answer => {
  const failure = asFailure(error, asked)
  const summary = summaryOf(failure, site.texts, site.organization.name)
  const instance = site.path(passkeyOptionsPath)
  const problem = problemOf(summary, { docs: null, instance, requestId: asked.id })
  const retryAt = failure.data?.retryAt
  const retryAfter = typeof retryAt === 'string' ? Math.ceil((Date.parse(retryAt) - Date.now()) / 1000) : null
  return json(problem.status, problem, {
    'content-type': problemType,
    'content-language': site.texts.locale,
    ...(retryAfter === null ? {} : { 'retry-after': String(Math.max(1, retryAfter)) }),
    // The rest of what was too much is not read, so the connection is of no further use.
    ...(problem.status === 413 ? { connection: 'close' } : {}),
  })
}

/** Answers the script of a page of this site. */
export const passkeyOptions = async (site: Site, asked: Asked): Promise<Answer> => {
  try {
    const { told, setCookie } = await telling(await read(site, asked))
    return json(200, told, setCookie ? { 'set-cookie': setCookie } : {})
  } catch (error) {
    return refused(site, asked, error)
  }
}
