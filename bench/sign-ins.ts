import { hash, verify } from '@node-rs/argon2'
import { argon2Options } from '#core/credentials'
import { median } from './load.ts'
import { type Person, signInFor } from './person.ts'
import { cpuMs, type Measured } from './processes.ts'

export type SignInFigure = {
  signInsPerSecond: number
  rawHashesPerSecond: number
  /** Of the limit. */
  ratio: number
  cpuMsPerSignIn: number
  cpuMsPerHash: number
  refused: number
}

const parallel = 8
/** The pages that a sign-in leads to have to be warm as well. */
const warmSeconds = 6
const password = 'a password that nobody uses'

type Hashes = { perSecond: number; cpuMs: number }

/** The ceiling: nothing but verifications of one argon2id hash, as many at once as the sign-ins run. */
const rawHashes = async (seconds: number): Promise<Hashes> => {
  const stored = await hash(password, argon2Options)
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const end = begun + seconds * 1000
  let done = 0
  const loop = async () => {
    while (performance.now() < end) {
      await verify(stored, password)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: parallel }, loop))
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond: (done * 1000) / (performance.now() - begun), cpuMs: (user + system) / 1000 / done }
}

type Round = { signInsPerSecond: number; cpuMs: number; refused: number; hashes: Hashes }

/** Hashes, then sign-ins: a machine that slows down slows both. */
const round = async (server: Measured, people: readonly Person[], seconds: number): Promise<Round> => {
  const hashes = await rawHashes(seconds / 4)
  const pid = server.process.pid ?? 0
  const cpu = cpuMs(pid)
  const { done, refused, seconds: taken } = await signInFor(server.port, people, { parallel, seconds })
  return { signInsPerSecond: done / taken, cpuMs: (cpuMs(pid) - cpu) / Math.max(1, done), refused, hashes }
}

/** Complete password sign-ins, many people at once, beside the raw hash rate of the same seconds; medians of rounds. */
export const measureSignIns = async (
  server: Measured,
  people: readonly Person[],
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<SignInFigure> => {
  await signInFor(server.port, people, { parallel, seconds: warmSeconds })
  const taken: Round[] = []
  for (let count = 0; count < rounds; count += 1) taken.push(await round(server, people, seconds))
  const middle = (of: (one: Round) => number) => median(taken.map(of))
  return {
    signInsPerSecond: middle((one) => one.signInsPerSecond),
    rawHashesPerSecond: middle(({ hashes }) => hashes.perSecond),
    ratio: middle((one) => one.signInsPerSecond / one.hashes.perSecond),
    cpuMsPerSignIn: middle((one) => one.cpuMs),
    cpuMsPerHash: middle(({ hashes }) => hashes.cpuMs),
    refused: taken.reduce((sum, { refused }) => sum + refused, 0),
  }
}
