// Owns usage_days: how many people belong to an organization, day by day. Sign-ins and mails are counted from what the
// trail and the outbox have on record anyway, so that they cannot disagree with it.
// Calls audit, outbox, people and authority; called by the console, the REST interface and the hourly tidying.

import { happenedByDay } from '#core/audit'
import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { deliveredByDay } from '#core/outbox'
import { countMembers } from '#core/people'
import { days, now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { mostDays, type Usage, type UsageDay } from './contract.ts'
import { readPeople, writePeople } from './store.ts'

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** The days from so many ago until today, the oldest first (UTC). */
const lastDays = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => dayOf(new Date(now().getTime() - days(count - 1 - index))))

/** Counts who belongs to the transaction's organization today. */
export const countToday = async (tx: Tx): Promise<void> => writePeople(tx, dayOf(now()), await countMembers(tx))

const byDay = (rows: readonly { day: string; count: number }[]) => new Map(rows.map(({ day, count }) => [day, count]))
const sum = (rows: readonly UsageDay[], figure: 'signIns' | 'mails') => rows.reduce((all, row) => all + row[figure], 0)

/** How much the transaction's organization was used in the last `count` days. `chain` is its ancestors. */
export const usageOf = async (tx: Tx, by: Actor, chain: readonly string[], count: number): Promise<Usage> => {
  requirePermission(by, 'usage.read', chain)
  const wanted = lastDays(Math.min(Math.max(Math.trunc(count) || 1, 1), mostDays))
  const [first = dayOf(now())] = wanted
  const from = new Date(`${first}T00:00:00Z`)
  const signIns = byDay(await happenedByDay(tx, 'session.started', from))
  const mails = byDay(await deliveredByDay(tx, from))
  const people = new Map((await readPeople(tx, first)).map((row) => [row.day, row.people]))
  const present = await countMembers(tx)
  people.set(dayOf(now()), present)
  const rows = wanted.map((day) => ({
    day,
    people: people.get(day) ?? null,
    signIns: signIns.get(day) ?? 0,
    mails: mails.get(day) ?? 0,
  }))
  return { people: present, signIns: sum(rows, 'signIns'), mails: sum(rows, 'mails'), days: rows }
}
