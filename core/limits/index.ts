// Owns the table of limits: how often something may be tried by somebody in a while. Global, because addresses are
// counted before any organization is known; keys are keyed hashes, so the table tells nobody's name.
// Calls nothing; called by whoever must bound attempts.

import { type Tx, withPlatform } from '#platform/database'
import { keyedHash } from '#platform/secrets'
import type { Limit, Standing } from './contract.ts'
import { clearKey, countUp, readKey, removeElapsed } from './store.ts'

export type { Limit, Standing } from './contract.ts'

const keyOf = (name: string, subject: string) => keyedHash('limit', `${name}\n${subject}`)

const standing = (row: { count: number; resets_at: Date }, max: number): Standing => ({
  ok: row.count <= max,
  left: Math.max(0, max - row.count),
  resetsAt: row.resets_at,
})

/** Counts a try, or several at once, atomically, and says whether they were within the limit. */
export const take = async (
  tx: Tx,
  name: string,
  subject: string,
  { max, windowMs, times = 1 }: Pick<Limit, 'max' | 'windowMs' | 'times'>,
): Promise<Standing> => standing(await countUp(tx, keyOf(name, subject), windowMs, times), max)

/** Whether one more try would be too many; counts none. */
export const isSpent = async (tx: Tx, { name, subject, max }: Limit): Promise<boolean> =>
  ((await readKey(tx, keyOf(name, subject)))?.count ?? 0) >= max

/** Forgets what was counted: a success clears the failures before it. */
export const clear = (tx: Tx, name: string, subject: string): Promise<void> => clearKey(tx, keyOf(name, subject))

/** Counts one try against several limits in one unit of work; answers the first that was exceeded, or null. */
export const takeAll = (limits: Limit[]): Promise<Standing | null> =>
  withPlatform(async (tx) => {
    let exceeded: Standing | null = null
    for (const { name, subject, max, windowMs } of limits) {
      const result = await take(tx, name, subject, { max, windowMs })
      if (!result.ok && !exceeded) exceeded = result
    }
    return exceeded
  })

/** Deletes what no longer counts. */
export const tidy = (): Promise<void> => withPlatform(removeElapsed)
