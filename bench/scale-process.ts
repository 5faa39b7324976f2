// One process of the product on a database of so many organizations, which does what scale.ts asks of it.

import { loadDirectory } from '#core/organizations'
import { closeDatabase, openDatabase } from '#platform/database'
import { median } from './load.ts'
import { type Figure, samplers } from './scale-measures.ts'
import { plantWorld, type World } from './scale-world.ts'

export type Question = { plant: number } | { open: true } | { figure: Figure; samples: number } | { end: true }
export type Opened = { startMs: number; megabytes: number }
/** Microseconds, and how many statements the last sign-in took. */
export type Sampled = { us: number; statements: number }

let world: World | undefined
let taking: Awaited<ReturnType<typeof samplers>> | undefined

const megabytes = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1_000_000
}

/** How long the directory takes to be read, and what it keeps. */
const open = async (): Promise<Opened> => {
  if (!world) throw new Error('there is no world yet')
  const before = megabytes()
  const begun = performance.now()
  await loadDirectory()
  const startMs = performance.now() - begun
  const kept = megabytes() - before
  taking = await samplers(world)
  return { startMs, megabytes: kept }
}

const take = async (figure: Figure, samples: number): Promise<Sampled> => {
  if (!taking) throw new Error('nothing is open yet')
  const taken: number[] = []
  for (let count = 0; count < samples; count += 1) taken.push(await taking.sample[figure]())
  return { us: median(taken), statements: taking.statements() }
}

const answer = async (question: Question): Promise<unknown> => {
  if ('figure' in question) return take(question.figure, question.samples)
  if ('open' in question) return open()
  if ('end' in question) return closeDatabase()
  await openDatabase()
  world = await plantWorld(process.env.DATABASE_URL ?? '', question.plant)
  return world.all.length
}

process.on('message', (question: Question) => {
  answer(question).then(
    (value) => process.send?.({ value: value ?? null }),
    (error: Error) => process.send?.({ error: error.stack }),
  )
})
