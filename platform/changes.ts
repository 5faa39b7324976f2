// What other processes have to hear of. A row in `changes` commits with the change; NOTIFY tells listeners at once,
// and polling once a second tells those whose listening connection was broken at that moment.

import { sql } from 'kysely'
import { notifyChannel } from './engine.ts'
import { isFailure } from './failure.ts'
import { log } from './log.ts'
import { processState } from './process.ts'
import { beforeClose, engine, outsideUnitOfWork, type Tx, withPlatform } from './unit-of-work.ts'

export type Heard = (organizationId: string) => void
type Change = { id: number; topic: string; org_id: string }
type ChangesTable = { changes: { id: number; topic: string; org_id: string; at: Date } }

type Following = {
  listeners: Map<string, Set<Heard>>
  last: number
  seen: Set<number>
  begun: Promise<void> | null
  poll: () => void
}

const pollMs = 1000
/** Numbers are given at insert, not at commit: a slow transaction may commit a lower number late. */
const lookBack = 500

const following = () =>
  processState<Following>('changes', () => ({
    listeners: new Map(),
    last: 0,
    seen: new Set(),
    begun: null,
    poll: () => {},
  }))

/** Says, as part of a change, that something of this topic changed in this organization. */
export const announce = async (tx: Tx, topic: string, organizationId: string): Promise<void> => {
  const database = tx.sql.withTables<ChangesTable>()
  await database
    .insertInto('changes')
    .values({ topic, org_id: organizationId } as never)
    .execute()
  await sql`select pg_notify(${notifyChannel}, ${topic})`.execute(tx.sql)
}

const readNew = async (state: Following): Promise<Change[]> => {
  const rows = await withPlatform((tx) =>
    tx.sql
      .withTables<ChangesTable>()
      .selectFrom('changes')
      .select(['id', 'topic', 'org_id'])
      .where('id', '>', state.last - lookBack)
      .orderBy('id')
      .execute(),
  )
  const fresh = rows.filter((row) => !state.seen.has(row.id))
  state.last = Math.max(state.last, ...rows.map((row) => row.id), 0)
  state.seen = new Set(rows.map((row) => row.id))
  return fresh
}

const tell = (state: Following, change: Change) => {
  for (const heard of state.listeners.get(change.topic) ?? []) {
    try {
      heard(change.org_id)
    } catch (error) {
      log.error({ topic: change.topic, reason: (error as Error).message }, 'a listener failed')
    }
  }
}

/** At most one reading at a time; what is heard meanwhile causes one more. */
const makePoll = (state: Following) => {
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let isStopped = false
  const round = async () => {
    do {
      isAskedAgain = false
      try {
        for (const change of await readNew(state)) tell(state, change)
      } catch (error) {
        if (!isStopped && !isFailure(error)) log.warn({ reason: (error as Error).message }, 'changes could not be read')
      }
    } while (isAskedAgain && !isStopped)
    running = null
  }
  const poll = () => {
    if (isStopped) return
    if (running) isAskedAgain = true
    else running = outsideUnitOfWork(round)
  }
  const stop = async () => {
    isStopped = true
    await running
  }
  return { poll, stop }
}

const begin = async (state: Following): Promise<void> => {
  const opened = await engine()
  await readNew(state)
  const { poll, stop } = makePoll(state)
  state.poll = poll
  const stopListening = await opened.onNotify(poll)
  const timer = setInterval(poll, pollMs)
  timer.unref()
  const tidy = setInterval(() => void forgetOld().catch(() => {}), 3_600_000)
  tidy.unref()
  beforeClose(async () => {
    clearInterval(timer)
    clearInterval(tidy)
    await stopListening()
    await stop()
    state.begun = null
    state.last = 0
    state.seen.clear()
  })
}

const forgetOld = () =>
  withPlatform((tx) => sql`delete from changes where at < now() - interval '1 day'`.execute(tx.sql))

/** Calls `heard` with the organization's id after each change of the topic, in every process, within two seconds. */
export const listen = async (topic: string, heard: Heard): Promise<() => void> => {
  const state = following()
  const listeners = state.listeners.get(topic) ?? new Set<Heard>()
  listeners.add(heard)
  state.listeners.set(topic, listeners)
  state.begun ??= outsideUnitOfWork(() => begin(state)).catch((error) => {
    state.begun = null
    throw error
  })
  await state.begun
  return () => listeners.delete(heard)
}
