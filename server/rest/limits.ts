// How much anybody may ask: counted in memory at each request, and now and then in the database, where the counts of all
// processes come together. A request that is one too many costs no statement.

import { LRUCache } from 'lru-cache'
import { take as takeInDatabase } from '#core/limits'
import { minutes, now } from '#platform/clock'
import { withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { log } from '#platform/log'
import { processState } from '#platform/process'

export type Bound = { name: 'address' | 'token' | 'passkey'; max: number; windowMs: number }
export type Standing = { bound: Bound; left: number; resetsAt: Date; isOver: boolean }

export const bounds = {
  address: { name: 'address', max: 6000, windowMs: minutes(1) },
  token: { name: 'token', max: 3000, windowMs: minutes(1) },
  /** What pages ask for their browser; once each time that one is opened, by a whole network. */
  passkey: { name: 'passkey', max: 600, windowMs: minutes(5) },
} as const satisfies Record<string, Bound>

/** So many requests may go uncounted elsewhere, for each process and subject. */
const saidEvery = 20

type Count = { seen: number; unsaid: number; resetsAt: Date }

const counts = () => processState('server.rest.limits', () => new LRUCache<string, Count>({ max: 20_000 }))

const countOf = (key: string, { windowMs }: Bound): Count => {
  const known = counts().get(key)
  if (known && known.resetsAt > now()) return known
  const begun: Count = { seen: 0, unsaid: 0, resetsAt: new Date(now().getTime() + windowMs) }
  counts().set(key, begun)
  return begun
}

/** Tells the database what was counted here, and hears what was counted everywhere. */
const say = async (count: Count, { name, max, windowMs }: Bound, subject: string): Promise<void> => {
  const times = count.unsaid
  count.unsaid = 0
  try {
    const heard = await withPlatform((tx) => takeInDatabase(tx, `rest ${name}`, subject, { max, windowMs, times }))
    const everywhere = heard.ok ? max - heard.left : max + 1
    count.seen = Math.max(count.seen, everywhere + count.unsaid)
    count.resetsAt = heard.resetsAt
  } catch (error) {
    count.unsaid += times
    log.debug({ reason: (error as Error).message }, 'requests were counted in memory alone')
  }
}

/** Counts a request, and says how the subject stands. */
export const count = (bound: Bound, subject: string): Standing => {
  const counted = countOf(`${bound.name} ${subject}`, bound)
  counted.seen += 1
  counted.unsaid += 1
  const isOver = counted.seen > bound.max
  if (counted.unsaid >= saidEvery && !isOver) void say(counted, bound, subject)
  return { bound, left: Math.max(0, bound.max - counted.seen), resetsAt: counted.resetsAt, isOver }
}

/** Refuses whoever asks too much: `request.too_many`, with the moment from which they may ask again. */
export const requireWithin = ({ isOver, resetsAt }: Standing): void => {
  if (isOver) fail('request.too_many', undefined, { retryAt: resetsAt.toISOString() })
}

const secondsLeft = (resetsAt: Date): number => Math.max(0, Math.ceil((resetsAt.getTime() - now().getTime()) / 1000))

/** draft-ietf-httpapi-ratelimit-headers: what may be asked, and how much of it is left. */
export const limitHeaders = (standings: readonly Standing[]): Record<string, string> => ({
  'ratelimit-policy': standings
    .map(({ bound: { name, max, windowMs } }) => `"${name}";q=${max};w=${windowMs / 1000}`)
    .join(', '),
  ratelimit: standings
    .map(({ bound: { name }, left, resetsAt }) => `"${name}";r=${left};t=${secondsLeft(resetsAt)}`)
    .join(', '),
})
