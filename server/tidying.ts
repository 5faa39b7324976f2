// What is over and may be forgotten, organization by organization, a little at a time. What is to be kept of it is counted and
// sealed at the same hour. Details of the trail are emptied where an organization has said how long it wants to keep them.

import { checkDue, retainDue, seal } from '#core/audit'
import { systemActor } from '#core/authority'
import { tidy as tidyDevices } from '#core/devices'
import { tidy as tidyMail } from '#core/emails'
import { tidy as tidyIdempotency } from '#core/idempotency'
import { tidy as tidyLimits } from '#core/limits'
import { tidy as tidyAttempts } from '#core/login'
import { tidy as tidyNotes } from '#core/notes'
import { tidy as tidyRequests } from '#core/onboarding'
import { directory } from '#core/organizations'
import { tidy as tidyOutbox } from '#core/outbox'
import { sendDue, tidy as tidyRecovery } from '#core/recovery'
import { finishRemovals } from '#core/removal'
import { tidy as tidyRoster } from '#core/roster'
import { tidy as tidySessions } from '#core/sessions'
import { tidy as tidyTickets } from '#core/tickets'
import { tidy as tidyTokens } from '#core/tokens'
import { countToday } from '#core/usage'
import { hours, minutes } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { log } from '#platform/log'

const everyMs = hours(1)
/** What people wait for. */
const dueEveryMs = minutes(1)

/** Before anything is forgotten. Where it fails, the others are counted and sealed all the same. */
const countAndSeal = async (isStopped: () => boolean): Promise<void> => {
  for (const { id } of directory().all()) {
    if (isStopped()) return
    try {
      await withOrganization(id, countToday)
      await seal(id)
      await withOrganization(id, (tx) => retainDue(tx, systemActor))
      const faults = (await checkDue(id))?.faults.length ?? 0
      if (faults > 0) log.error({ organizationId: id, faults }, 'a trail is not what was sealed')
    } catch (error) {
      log.warn({ organizationId: id, reason: (error as Error).message }, 'an organization was not counted and sealed')
    }
  }
}

/** Everything that is due, once. */
export const tidyOnce = async (isStopped: () => boolean): Promise<void> => {
  await countAndSeal(isStopped)
  await finishRemovals(isStopped)
  await tidyLimits()
  await tidyIdempotency()
  await tidyOutbox()
  await tidyMail()
  for (const { id } of directory().all()) {
    if (isStopped()) return
    await withOrganization(id, async (tx) => {
      await tidyAttempts(tx)
      await tidyTickets(tx)
      await tidySessions(tx)
      await tidyDevices(tx)
      await tidyTokens(tx)
      await tidyNotes(tx)
      await tidyRequests(tx)
      await tidyRecovery(tx)
    })
    await tidyRoster(id)
  }
}

const warn = (error: Error): void => log.warn({ reason: error.message }, 'tidying was not finished')

/** Tidies every hour, and does every minute what is due by then; answers how to stop. */
export const startTidying = (): (() => Promise<void>) => {
  let isStopped = false
  // What a process left undone that died in the middle of it.
  let running = finishRemovals(() => isStopped).catch(warn)
  const timer = setInterval(() => {
    running = running.then(() => tidyOnce(() => isStopped)).catch(warn)
  }, everyMs)
  timer.unref()
  let sending = Promise.resolve()
  const dueTimer = setInterval(() => {
    sending = sending.then(() => sendDue(() => isStopped)).catch(warn)
  }, dueEveryMs)
  dueTimer.unref()
  return async () => {
    isStopped = true
    clearInterval(timer)
    clearInterval(dueTimer)
    await Promise.all([running, sending])
  }
}
