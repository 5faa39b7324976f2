// The life of one request: counted, proven, read, aimed, performed. What is refused is refused by throwing.

import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { isKnownTo } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { networkOf } from '#core/login'
import type { Organization } from '#core/organizations/contract'
import { Failure, fail, isFailure } from '#platform/failure'
import type { Asked, Operation } from '#web/operations'
import { parameterNames, partOf } from '#web/operations/operation'
import { findOrganization } from '#web/operations/target'
import { summaryOf } from '#web/problem'
import { checked } from '#web/validation'
import { readToken, whoAsks } from './authentication.ts'
import { afterOf } from './cursor.ts'
import { bounds, count, limitHeaders, requireWithin, type Standing } from './limits.ts'
import { type Listing, type Outcome, outcomeOf } from './outcome.ts'
import { fingerprintOf, type Performance, perform, performOnce } from './perform.ts'
import type { Place, RestEnv } from './place.ts'
import { readBytes, readQuery, readRepeatKey, readSent, readVersion } from './reading.ts'
import { refuse } from './refusal.ts'

/** What every answer carries, refusals included. */
const enveloped = (response: Response, { requestId }: Place, standings: readonly Standing[]): Response => {
  const headers = { 'cache-control': 'no-store', 'x-request-id': requestId, ...limitHeaders(standings) }
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

/** Answers a request: counted by the address that it comes from first, whatever it is. */
export const answering = async (
  c: Context<RestEnv>,
  answer: (standings: Standing[]) => Response | Promise<Response>,
): Promise<Response> => {
  const place = c.env
  const standings = [count(bounds.address, networkOf({ kind: 'visitor', address: place.address, grants: [] }))]
  try {
    for (const standing of standings) requireWithin(standing)
    return enveloped(await answer(standings), place, standings)
  } catch (error) {
    return enveloped(refuse(error, place, c.req.path), place, standings)
  }
}

/** Who asks, within what their token may ask. */
const proven = async (c: Context<RestEnv>, standings: Standing[]): Promise<Actor> => {
  const token = readToken(c.req.header('authorization'))
  const by = await whoAsks(token, c.env)
  const standing = count(bounds.token, createHash('sha256').update(token).digest('base64url'))
  standings.push(standing)
  requireWithin(standing)
  return by
}

/**
 * The organization that is meant. One that whoever asks may not know of is answered as one that does not exist, before
 * anything else of the request could be told apart.
 */
const aimed = async ({ path }: Operation, by: Actor, params: Record<string, string>, place: Place) => {
  if (!path.startsWith('/organizations/{id}')) return place.organization
  const target = params.id === undefined ? place.organization : await findOrganization(params.id)
  return isKnownTo(by, target.ancestors) ? target : fail('organizations.not_found')
}

type Query = { limit?: number; cursor?: string }
type Read = { asked: Asked; listing: Listing; bytes: Uint8Array }

/** Which list is meant: a cursor of another one, or of the same asked otherwise, means nothing here. */
const listingOf = ({ id }: Operation, organization: Organization, url: URL): Listing => {
  const plain = new URL(url)
  for (const name of ['cursor', 'limit']) plain.searchParams.delete(name)
  plain.searchParams.sort()
  return { list: `${id} ${organization.id} ${plain.searchParams}`, url }
}

const isUnchanged = (c: Context<RestEnv>, outcome: Outcome): boolean =>
  c.req.method === 'GET' &&
  outcome.headers.etag !== undefined &&
  (c.req.header('if-none-match') ?? '')
    .split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === outcome.headers.etag)

const sent = (c: Context<RestEnv>, { status, headers, body }: Outcome): Response =>
  isUnchanged(c, { status, headers, body })
    ? new Response(null, { status: 304, headers: { etag: headers.etag ?? '' } })
    : new Response(body, { status, headers })

/** Whoever was too late is told where the present state is. */
const withCurrent = (error: unknown, url: string): never => {
  if (isFailure(error) && error.status === 412) return fail(error.code, error.field, { ...error.data, current: url })
  throw error
}

/** What is wrong with something that was sent without a body stands in the address. */
const withPlace = (error: unknown, { body }: Operation): unknown =>
  isFailure(error) && error.field !== undefined && body === null
    ? new Failure(error.code, error.field, { ...error.data, isParameter: true })
    : error

/** What is asked, read and aimed; what is not as it should be is refused in this order. */
const read = async (operation: Operation, c: Context<RestEnv>, by: Actor): Promise<Read> => {
  const place = c.env
  const bytes = await readBytes(c.req, place.isTooLarge)
  const body = readSent(c.req, operation, bytes)
  const query = readQuery<Query>(c.req, operation)
  const named = parameterNames(operation.path).flatMap((name) => {
    const value = c.req.param(name)
    return value === undefined ? [] : [[name, value]]
  })
  const params: Record<string, string> = Object.fromEntries(named)
  const organization = await aimed(operation, by, params, place)
  const url = new URL(`${place.origin}${place.base}${c.req.path}${new URL(c.req.url).search}`)
  const listing = listingOf(operation, organization, url)
  const asked: Asked = {
    by,
    organization,
    params,
    query,
    body: operation.body === null ? undefined : checked(operation.body, body, 'pointer'),
    version: operation.wantsVersion ? readVersion(c.req.header('if-match')) : 0,
    part: partOf(query, query.cursor === undefined ? null : afterOf(listing.list, query.cursor)),
    explain: (failure) => summaryOf(failure, place.texts, place.organization.name),
  }
  return { asked, listing, bytes }
}

/** Serves an operation. */
export const serve = (operation: Operation, c: Context<RestEnv>): Promise<Response> =>
  answering(c, async (standings) => {
    const by = await proven(c, standings)
    const { asked, listing, bytes } = await read(operation, c, by)
    const performance: Performance = {
      operation,
      asked,
      settle: (answered) => outcomeOf(operation, answered, c.env, listing),
    }
    const key = operation.method === 'post' ? readRepeatKey(c.req.header('idempotency-key')) : null
    const { href } = listing.url
    const fingerprint = fingerprintOf(operation.method, `${asked.organization.id} ${href}`, bytes)
    try {
      return sent(c, await (key === null ? perform(performance) : performOnce({ ...performance, key, fingerprint })))
    } catch (error) {
      return withCurrent(withPlace(error, operation), href)
    }
  })
