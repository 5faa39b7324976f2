// How long somebody waits for the sign-in page while many others sign in: hashes, the database and everybody's pages share
// one process, and whatever holds its one thread holds everybody. The raw server beside it does nothing but share the
// machine with the storm, so what it loses is lost to the cores and not to the product.

import { once } from 'node:events'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { ask, median, type PageCase, quantile } from './load.ts'
import { type Person, signInFor } from './person.ts'

export type Waiting = { p50Ms: number; p99Ms: number }
export type StormFigure = { alone: Waiting; during: Waiting; rawAlone: Waiting; rawDuring: Waiting }

type Storm = { port: number; people: readonly Person[]; seconds: number }

const parallel = 8
const breathMs = 3

const wait = async ({ server, path, headers }: PageCase): Promise<number> => {
  const begun = performance.now()
  await ask(server.port, { path, headers })
  return performance.now() - begun
}

/** Both pages in turn, one request at a time, with a breath in between. */
const waits = async (page: PageCase, raw: PageCase, seconds: number): Promise<[Waiting, Waiting]> => {
  const end = performance.now() + seconds * 1000
  const taken: [number[], number[]] = [[], []]
  while (performance.now() < end) {
    taken[0].push(await wait(page))
    taken[1].push(await wait(raw))
    await new Promise((resolve) => setTimeout(resolve, breathMs))
  }
  const waiting = (values: number[]) => ({ p50Ms: median(values), p99Ms: quantile(values, 0.99) })
  return [waiting(taken[0]), waiting(taken[1])]
}

/** The page alone, and again while others sign in, from a thread of their own. */
export const measureStorm = async (
  page: PageCase,
  raw: PageCase,
  people: readonly Person[],
  seconds: number,
): Promise<StormFigure> => {
  const [alone, rawAlone] = await waits(page, raw, seconds)
  const storm: Storm = { port: page.server.port, people, seconds: seconds + 1 }
  const worker = new Worker(new URL(import.meta.url), { workerData: storm })
  const over = once(worker, 'exit')
  // Awaited below; until then nobody would take a failure.
  over.catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, 500))
  const [during, rawDuring] = await waits(page, raw, seconds)
  await over
  return { alone, during, rawAlone, rawDuring }
}

if (!isMainThread) {
  const { port, people, seconds } = workerData as Storm
  await signInFor(port, people, { parallel, seconds })
}
