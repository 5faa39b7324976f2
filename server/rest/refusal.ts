import { Failure, isFailure } from '#platform/failure'
import { log } from '#platform/log'
import { problemOf, problemType, summaryOf } from '#web/problem'
import { type Place, readerPath } from './place.ts'

/** RFC 6750 §3: what a client has to bring, and what was wrong with what it brought. */
const challenge = ({ code, data }: Failure): string | null => {
  if (code === 'request.unauthenticated') return 'Bearer realm="livery"'
  if (code === 'request.token_invalid') return 'Bearer realm="livery", error="invalid_token"'
  if (code !== 'authority.denied' || typeof data?.permission !== 'string') return null
  return `Bearer realm="livery", error="insufficient_scope", scope="${data.permission}"`
}

const secondsUntil = (instant: unknown): string | null =>
  typeof instant === 'string' ? String(Math.max(1, Math.ceil((Date.parse(instant) - Date.now()) / 1000))) : null

const headersOf = (failure: Failure): Record<string, string> => {
  const authenticate = challenge(failure)
  const retryAfter = failure.code === 'idempotency.under_way' ? '1' : secondsUntil(failure.data?.retryAt)
  const { allow, current } = failure.data ?? {}
  return {
    ...(authenticate === null ? {} : { 'www-authenticate': authenticate }),
    ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
    ...(typeof allow === 'string' ? { allow } : {}),
    // RFC 5829: where the representation is that the request should have been made from.
    ...(typeof current === 'string' ? { link: `<${current}>; rel="latest-version"` } : {}),
  }
}

/** What went wrong as something that may be told; a mistake of ours is recorded, and nothing of it is shown. */
const asFailure = (error: unknown, { requestId }: Place, path: string): Failure => {
  const isOurs = isFailure(error) && error.status < 500
  if (isOurs || (isFailure(error) && error.status === 503)) return error
  const { message: reason, stack } = error as Error
  log.error({ request: requestId, path, reason, stack }, 'a request of the interface failed')
  return new Failure('request.failed')
}

/** A refusal as it is answered: RFC 9457, in the language of the request. */
export const refuse = (error: unknown, place: Place, path: string): Response => {
  const failure = asFailure(error, place, path)
  const { origin, base, texts, organization, requestId } = place
  const summary = summaryOf(failure, texts, organization.name)
  const problem = problemOf(summary, {
    docs: `${origin}${base}${readerPath}`,
    instance: `${base}${path}`,
    requestId,
  })
  return new Response(JSON.stringify(problem), {
    status: summary.status,
    headers: { 'content-type': problemType, 'content-language': texts.locale, ...headersOf(failure) },
  })
}
