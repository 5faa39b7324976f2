/** Pure decisions of the outbox: when to try again. */
import { days, hours, minutes, seconds } from '#platform/clock'

const steps = [seconds(10), minutes(1), minutes(5), minutes(30), hours(2), hours(6), hours(12), hours(24)]
const patience = days(3)

type TryAgain = { attempts: number; createdAt: Date; expiresAt: Date | null; at: Date; chance: number }

/**
 * Milliseconds until the next try, a little more or less so that many do not come at once; null when it has been tried
 * for three days. Something with an expiry is tried more often while there is time.
 */
export function nextTryIn({ attempts, createdAt, expiresAt, at, chance }: TryAgain): number | null {
  if (at.getTime() - createdAt.getTime() >= patience) return null
  const step = steps[Math.min(attempts, steps.length) - 1] ?? seconds(10)
  const bound = expiresAt ? Math.max((expiresAt.getTime() - at.getTime()) / 4, seconds(10)) : step
  return Math.round(Math.min(step, bound) * (0.8 + chance * 0.4))
}
