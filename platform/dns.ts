// Proof of ownership by DNS: TXT records, asked of several resolvers, each with what it answered, because records spread
// slowly and somebody who waits for one wants to know who has seen it.

import { Resolver } from 'node:dns/promises'
import { settings } from './env.ts'

export type DnsAnswer = { resolver: string; values: string[]; error: string | null }

const timeoutMs = 3000
const most = 20

const ask = async (resolver: string, name: string): Promise<DnsAnswer> => {
  const asking = new Resolver({ timeout: timeoutMs, tries: 1 })
  if (resolver !== 'system') asking.setServers([resolver])
  try {
    const records = await asking.resolveTxt(name)
    return { resolver, values: records.slice(0, most).map((parts) => parts.join('').slice(0, 300)), error: null }
  } catch (error) {
    return { resolver, values: [], error: (error as NodeJS.ErrnoException).code ?? 'EFAIL' }
  }
}

/** What each resolver of LIVERY_DNS_SERVERS (or the system's) answers to a question for TXT records. Never throws. */
export const lookUpTxt = (name: string): Promise<DnsAnswer[]> => {
  const { dnsServers } = settings()
  return Promise.all((dnsServers.length > 0 ? dnsServers : ['system']).map((resolver) => ask(resolver, name)))
}
