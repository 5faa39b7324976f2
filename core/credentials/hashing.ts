// argon2id at OWASP's parameters, on libuv's threads: no more at once than there are cores, and a queue with an end, so
// that a storm of sign-ins is told to come back instead of taking memory and everybody's patience.

import { hash, verify } from '@node-rs/argon2'
import { settings } from '#platform/env'
import { fail } from '#platform/failure'
import { processState } from '#platform/process'

// The library's default algorithm is argon2id; its enum cannot be named under isolated modules.
export const argon2Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const wanted = `$argon2id$v=19$m=${argon2Options.memoryCost},t=${argon2Options.timeCost},p=${argon2Options.parallelism}$`
const longestQueue = 200

/** Of a random password that nobody knows: who has no account costs as much work as who has one. */
const dummy = `${wanted}3YpXqDWDZDJOaGGSiAmbfg$zmbihqr0P+9XG++OD3sAOBNjmzCaCQ3Xy2OzeAu/ANg`

type Queue = { running: number; waiting: (() => void)[]; done: number }
const queue = () => processState<Queue>('credentials.hashing', () => ({ running: 0, waiting: [], done: 0 }))

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  const state = queue()
  if (state.running >= settings().hashConcurrency) {
    if (state.waiting.length >= longestQueue) return fail('busy', undefined, { retryAfterSeconds: 2 })
    // Whoever finishes hands its place over, so a newcomer cannot slip in between.
    await new Promise<void>((resolve) => state.waiting.push(resolve))
  } else {
    state.running += 1
  }
  try {
    return await work()
  } finally {
    state.done += 1
    const next = state.waiting.shift()
    if (next) next()
    else state.running -= 1
  }
}

/** What is hashed: compatibility forms folded, so that the same password typed on another keyboard is the same. */
export const normalized = (password: string): string => password.normalize('NFKC')

/** The hash to keep of a password, as a PHC string. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(normalized(password), argon2Options))

/** Whether this is the password. Without a hash the answer is no, after the same work. */
export const verifyPassword = async (kept: string | null, password: string): Promise<boolean> => {
  const matches = await inTurn(() => verify(kept ?? dummy, normalized(password)))
  return kept !== null && matches
}

/** Whether a hash was made with other parameters than today's. */
export const isOutdated = (kept: string): boolean => !kept.startsWith(wanted)

/** How many hashes this process has computed: equal work is asserted by counting, not with a clock. */
export const hashesDone = (): number => queue().done
