// The same work at a thousand organizations and at a hundred thousand, six levels deep, on PostgreSQL: two processes of the
// product, each on a database of its own, are asked in turn, so that a machine that slows down slows both.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { median } from './load.ts'
import { type Scratch, scratchDatabase } from './postgres.ts'
import { stopping } from './processes.ts'
import { type Figure, figures } from './scale-measures.ts'
import type { Opened, Question, Sampled } from './scale-process.ts'
import { demoSettings, scratch } from './servers.ts'

/** What the product promises: at the larger size no more than so many times the figure at the smaller. */
export const limit = 2

/** Medians of the first half of the rounds and, to see how far they can be trusted, of the second. */
export type ScaleFigure = { small: number; large: number; ratio: number; again: number }
export type ScaleReport = {
  sizes: [number, number]
  opened: Opened[]
  /** Statements of one sign-in, at each size. */
  statements: number[]
  /** Microseconds. */
  figures: Record<Figure, ScaleFigure>
}

/** How many samples a round takes: few enough that both sizes meet the same seconds. */
const samplesOf: Record<Figure, number> = {
  path: 50,
  name: 50,
  host: 50,
  anywhere: 50,
  themeWarm: 50,
  themeCold: 20,
  children: 40,
  childrenAfter: 40,
  attribute: 60,
  signIn: 6,
  signInBesideHash: 6,
  change: 10,
}

/** '1000,100000' as two numbers; null for 'none'. */
export const readSizes = (given: string): [number, number] | null => {
  if (given === 'none') return null
  const [small, large] = given.split(',').map(Number)
  if (!small || !large || small < 1000 || large < small)
    throw new Error('--scale takes two numbers from 1000 on, or none')
  return [small, large]
}

const program = join(import.meta.dirname, 'scale-process.ts')

type Process = { ask: <T>(question: Question) => Promise<T>; stop: () => Promise<void> }

const asking = (child: ChildProcess): Process['ask'] => {
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-4000)
  })
  const ended = once(child, 'exit').then(() => [{ error: complaint }])
  return async <T>(question: Question): Promise<T> => {
    const answered = once(child, 'message')
    child.send(question)
    const [{ value, error }] = (await Promise.race([answered, ended])) as [{ value: T; error?: string }]
    if (error !== undefined) throw new Error(`at scale: ${error}`)
    return value
  }
}

/** A process on its own database; what it keeps goes with `clear`. */
const startProcess = async (server: string, count: number, clear: (leftover: () => unknown) => void) => {
  const { folder, clear: clearFolder } = scratch()
  clear(clearFolder)
  const database: Scratch = await scratchDatabase(server, String(count))
  clear(database.drop)
  const child = fork(program, {
    env: { ...process.env, ...demoSettings(folder, database.url) },
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const one: Process = { ask: asking(child), stop: stopping(child) }
  await one.ask({ plant: count })
  return one
}

type Round = [number, number]

const ratioOf = (rounds: readonly Round[]) => {
  const [small, large] = [median(rounds.map(([one]) => one)), median(rounds.map(([, other]) => other))]
  return { small, large, ratio: large / small }
}

const measure = async ([small, large]: [Process, Process], figure: Figure, rounds: number) => {
  const samples = samplesOf[figure]
  const round = async (): Promise<[Round, Round]> => {
    const [one, other] = [await small.ask<Sampled>({ figure, samples }), await large.ask<Sampled>({ figure, samples })]
    return [
      [one.us, other.us],
      [one.statements, other.statements],
    ]
  }
  await round()
  const halves: Round[][] = [[], []]
  let said: Round = [0, 0]
  for (let count = 0; count < 2 * rounds; count += 1) {
    const [taken, told] = await round()
    halves[count < rounds ? 0 : 1]?.push(taken)
    said = told
  }
  return { ...ratioOf(halves[0] ?? []), again: ratioOf(halves[1] ?? []).ratio, said }
}

/** Both sizes, figure by figure. `clear` takes what has to be thrown away at the end. */
export const measureScale = async (
  server: string,
  { sizes, rounds }: { sizes: [number, number]; rounds: number },
  clear: (leftover: () => unknown) => void,
): Promise<ScaleReport> => {
  const small = await startProcess(server, sizes[0], clear)
  const large = await startProcess(server, sizes[1], clear)
  const opened = [await small.ask<Opened>({ open: true }), await large.ask<Opened>({ open: true })]
  const found: Partial<Record<Figure, ScaleFigure>> = {}
  let statements: number[] = []
  for (const figure of figures) {
    const { said, ...taken } = await measure([small, large], figure, rounds)
    found[figure] = taken
    if (figure === 'signIn') statements = said
  }
  for (const one of [small, large]) {
    await one.ask({ end: true })
    await one.stop()
  }
  return { sizes, opened, statements, figures: found as Record<Figure, ScaleFigure> }
}
