// Owns usage_days: how much an organization is used, day by day. Sign-ins and mails are counted from what the trail and the
// outbox have on record anyway, so that they cannot disagree with it; what was counted is kept, because the outbox forgets.
// Calls audit, outbox, people and authority; called by the console, the REST interface and the hourly tidying.

import { happenedByDay } from '#core/audit'
import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { deliveredByDay } from '#core/outbox'
import { countMembers } from '#core/people'
import { days, now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { type ComparedUsage, mostDays, type Usage, type UsageDay } from './contract.ts'
import { keepDay, readDays } from './store.ts'

export { belongings } from './store.ts'

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** The days from so many ago until today, the oldest first (UTC). */
const lastDays = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => dayOf(new Date(now().getTime() - days(count - 1 - index))))

/** What is on record since the beginning of a day. */
const countedSince = async (tx: Tx, first: string) => {
  const from = new Date(`${first}T00:00:00Z`)
  const signIns = new Map((await happenedByDay(tx, 'session.started', from)).map(({ day, count }) => [day, count]))
  const mails = new Map((await deliveredByDay(tx, from)).map(({ day, count }) => [day, count]))
  return (day: string) => ({ signIns: signIns.get(day) ?? 0, mails: mails.get(day) ?? 0 })
}

/**
 * Counts who belongs to the transaction's organization today, and keeps what happened: yesterday as well, whose last hour
 * nobody has counted yet.
 */
export const countToday = async (tx: Tx): Promise<void> => {
  const [yesterday = '', today = ''] = lastDays(2)
  const counted = await countedSince(tx, yesterday)
  await keepDay(tx, { day: today, people: await countMembers(tx), ...counted(today) })
  const { signIns, mails } = counted(yesterday)
  if (signIns > 0 || mails > 0) await keepDay(tx, { day: yesterday, people: null, signIns, mails })
}

const sum = (rows: readonly UsageDay[], figure: 'signIns' | 'mails') => rows.reduce((all, row) => all + row[figure], 0)

/** The figures of so many days, the oldest first, whatever is known of each. */
const daysOf = async (tx: Tx, count: number): Promise<UsageDay[]> => {
  const wanted = lastDays(count)
  const [first = dayOf(now())] = wanted
  const counted = await countedSince(tx, first)
  const kept = new Map((await readDays(tx, first)).map((row) => [row.day, row]))
  const [present, today] = [await countMembers(tx), dayOf(now())]
  return wanted.map((day) => {
    const [before, found] = [kept.get(day), counted(day)]
    return {
      day,
      people: day === today ? present : (before?.people ?? null),
      signIns: Math.max(before?.signIns ?? 0, found.signIns),
      mails: Math.max(before?.mails ?? 0, found.mails),
    }
  })
}

const bounded = (count: number): number => Math.min(Math.max(Math.trunc(count) || 1, 1), mostDays)

const usageIn = (rows: UsageDay[]): Usage => ({
  people: rows.at(-1)?.people ?? 0,
  signIns: sum(rows, 'signIns'),
  mails: sum(rows, 'mails'),
  days: rows,
})

/** How much the transaction's organization was used in the last `count` days. `chain` is its ancestors. */
export const usageOf = async (tx: Tx, by: Actor, chain: readonly string[], count: number): Promise<Usage> => {
  requirePermission(by, 'usage.read', chain)
  return usageIn(await daysOf(tx, bounded(count)))
}

/** The same, and how much it was used in as many days before. */
export const usageCompared = async (
  tx: Tx,
  by: Actor,
  chain: readonly string[],
  count: number,
): Promise<ComparedUsage> => {
  requirePermission(by, 'usage.read', chain)
  const length = bounded(count)
  const rows = await daysOf(tx, 2 * length)
  const earlier = rows.slice(0, length)
  // The last of them on which somebody counted.
  const people = earlier.findLast((row) => row.people !== null)?.people ?? null
  const before = { people, signIns: sum(earlier, 'signIns'), mails: sum(earlier, 'mails') }
  return { ...usageIn(rows.slice(length)), before }
}
