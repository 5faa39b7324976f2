// Whether a certificate may be had for a host: asked by a proxy that orders them on demand, before it orders one. Says no
// more than the page at that host does, from memory, and faster: so nobody is counted, and nothing is hidden by a limit.

import { canonicalHost } from '#core/organizations'
import { meet } from '#web/meet'
import type { Answer } from './answer.ts'
import { type Asked, isReading } from './asked.ts'

/**
 * Whoever is met there, or is led on from there: a name that was given up has to be reached before it leads home. Nobody
 * else, or anybody could have certificates ordered until the authority refuses more.
 */
const isServed = (domain: string | null): boolean => {
  if (domain === null || canonicalHost(domain) !== domain.toLowerCase()) return false
  const { kind } = meet(domain, '/')
  return kind === 'site' || kind === 'elsewhere'
}

/** The answer to `/tls/ask?domain=` at any host, without a body; null for everything else. */
export const tlsAsk = (asked: Asked): Answer | null => {
  if (asked.path !== '/tls/ask' || !isReading(asked)) return null
  return { status: isServed(asked.query.get('domain')) ? 200 : 404, headers: { 'cache-control': 'no-store' } }
}
