// What is over and may be forgotten, organization by organization, a little at a time.

import { tidy as tidyIdempotency } from '#core/idempotency'
import { tidy as tidyLimits } from '#core/limits'
import { tidy as tidyAttempts } from '#core/login'
import { directory } from '#core/organizations'
import { tidy as tidyRoster } from '#core/roster'
import { tidy as tidySessions } from '#core/sessions'
import { tidy as tidyTickets } from '#core/tickets'
import { tidy as tidyTokens } from '#core/tokens'
import { hours } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { log } from '#platform/log'

const everyMs = hours(1)

const round = async (isStopped: () => boolean): Promise<void> => {
  await tidyLimits()
  await tidyIdempotency()
  for (const { id } of directory().all()) {
    if (isStopped()) return
    await withOrganization(id, async (tx) => {
      await tidyAttempts(tx)
      await tidyTickets(tx)
      await tidySessions(tx)
      await tidyTokens(tx)
    })
    await tidyRoster(id)
  }
}

/** Tidies every hour; answers how to stop. */
export const startTidying = (): (() => Promise<void>) => {
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => round(() => isStopped))
      .catch((error: Error) => log.warn({ reason: error.message }, 'tidying was not finished'))
  }, everyMs)
  timer.unref()
  return async () => {
    isStopped = true
    clearInterval(timer)
    await running
  }
}
