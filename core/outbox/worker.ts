/**
 * A worker that empties the outbox of one kind of row: mails, short messages. It hears of new rows at once and looks every
 * second, holds a bounded number of them under lease, and settles each by itself: what one of them comes to is no matter
 * of the others. Each kind has a worker of its own, so that a gateway that hangs holds up no mail.
 */
import { now, seconds } from '#platform/clock'
import { beforeClose, listen, outsideUnitOfWork } from '#platform/database'
import { isFailure } from '#platform/failure'
import { log } from '#platform/log'
import { claim, dead, expire, finish, keep, retry } from './claims.ts'
import type { OutboxRow, Outcome } from './contract.ts'
import { nextTryIn } from './rules.ts'
import { leaseMs } from './store.ts'

const atOnce = 20
const pollMs = seconds(1)

export type Running = {
  /** Takes nothing new, and finishes what is under way. */
  stop: () => Promise<void>
  /** Resolves when nothing is due and nothing under way. */
  idle: () => Promise<void>
}

/** How one kind of row is delivered. */
export type Way = {
  /** What the names of its events begin with: 'email.'. */
  events: string
  /** What the log calls one of them: 'an email'. */
  called: string
  /** Throws only where something of ours is broken: then it is tried again. */
  deliver: (row: OutboxRow) => Promise<Outcome>
  close?: () => void
}

/** Who delivers repeats addresses and numbers in the answers: the outbox keeps that, the log does not. */
const withoutAddresses = (reason: string) =>
  reason.replace(/[^\s<>:]+@[^\s<>]+/g, '…@…').replace(/\+?\d[\d ()-]{6,}\d/g, '+…')

async function settle(row: OutboxRow, outcome: Outcome, { called }: Way): Promise<void> {
  const about = { outbox: row.id, event: row.event, organizationId: row.organizationId, attempts: row.attempts }
  if (outcome.status === 'done') return finish(row.id)
  if (outcome.status === 'expired') return expire(row.id)
  if (outcome.status === 'dead') {
    log.warn({ ...about, reason: withoutAddresses(outcome.reason) }, `${called} cannot be delivered`)
    return dead(row.id, outcome.reason)
  }
  const delayMs = nextTryIn({ ...row, at: now(), chance: Math.random() })
  log.warn({ ...about, reason: withoutAddresses(outcome.reason), delayMs }, `${called} was not delivered`)
  return delayMs === null ? dead(row.id, `given up: ${outcome.reason}`) : retry(row.id, outcome.reason, delayMs)
}

const attempt = async (row: OutboxRow, way: Way): Promise<Outcome> => {
  try {
    return await way.deliver(row)
  } catch (error) {
    const reason = isFailure(error) ? error.code : `internal: ${(error as Error).message}`
    return { status: 'later', reason }
  }
}

/** Sleeps that end early when something is heard, also when it was heard just before. */
function makeBell() {
  let isRung = false
  let end = () => {}
  const ring = () => {
    isRung = true
    end()
  }
  const wait = async (ms: number): Promise<void> => {
    if (!isRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        timer.unref()
        end = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    isRung = false
  }
  return { ring, wait }
}

/** The rows in the hands of this worker. */
function makeHands(way: Way, onFree: () => void) {
  const held = new Map<string, Promise<void>>()
  const take = (row: OutboxRow) => {
    const work = attempt(row, way)
      .then((outcome) => settle(row, outcome, way))
      // Not settled: the lease runs out, and somebody delivers it again under the same id.
      .catch((error: Error) => log.error({ outbox: row.id, reason: error.message }, 'a delivery was not settled'))
      .finally(() => {
        held.delete(row.id)
        onFree()
      })
    held.set(row.id, work)
  }
  const renew = () => {
    if (held.size === 0) return
    keep([...held.keys()]).catch((error: Error) => log.error({ reason: error.message }, 'leases were not renewed'))
  }
  const timer = setInterval(renew, leaseMs / 3)
  timer.unref()
  const empty = async () => {
    await Promise.all(held.values())
    clearInterval(timer)
  }
  return { take, empty, room: () => atOnce - held.size, isEmpty: () => held.size === 0 }
}

/** Begins to deliver. */
export const startWorker = (way: Way): Promise<Running> =>
  outsideUnitOfWork(async () => {
    const bell = makeBell()
    const hands = makeHands(way, bell.ring)
    const waiting = new Set<{ since: number; resolve: () => void }>()
    let looks = 0
    let isStopped = false

    const tellWaiting = (before: number) => {
      for (const one of waiting) {
        if (one.since >= before) continue
        waiting.delete(one)
        one.resolve()
      }
    }
    /** Takes what there is room for; says whether there may be more. */
    const look = async (): Promise<boolean> => {
      looks += 1
      const mine = looks
      const room = hands.room()
      const rows = room > 0 ? await claim({ limit: room, events: way.events }) : []
      for (const row of rows) hands.take(row)
      // Whoever asked during this look may have put something in that it did not see.
      if (rows.length === 0 && hands.isEmpty()) tellWaiting(mine)
      return room > 0 && rows.length === room
    }
    const run = async () => {
      while (!isStopped) {
        const isMore = await look().catch((error: Error) => {
          log.error({ reason: error.message }, 'the outbox could not be read')
          return false
        })
        if (!isMore && !isStopped) await bell.wait(pollMs)
      }
    }
    const stopListening = await listen('outbox', bell.ring)
    const running = run()
    const end = async () => {
      isStopped = true
      bell.ring()
      await running
      await hands.empty()
      stopListening()
      way.close?.()
      tellWaiting(Number.POSITIVE_INFINITY)
    }
    let ending: Promise<void> | null = null
    const stop = () => {
      ending ??= end()
      return ending
    }
    beforeClose(stop)
    const idle = () =>
      new Promise<void>((resolve) => {
        if (isStopped) return resolve()
        waiting.add({ since: looks, resolve })
        bell.ring()
      })
    return { stop, idle }
  })
