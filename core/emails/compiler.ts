/**
 * The compiler's thread, seen from the process: one job at a time, and two seconds of a core for what an organization drew
 * (of its own work, not by the clock: a busy machine refuses nobody). A
 * drawing that never ends ends its thread, and the next job gets a new one; the thread has neither the settings nor the
 * secret of the process.
 */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { seconds } from '#platform/clock'
import { processState } from '#platform/process'
import type { CompileJob, CompileResult } from './job.ts'

/** Work of the thread; what is ours is known to end. */
const foreignMs = seconds(2)
/** By the clock, for whatever neither works nor ends. */
const longestMs = seconds(30)
const lookEveryMs = 50
const startMs = seconds(30)
const idleMs = seconds(60)
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }

type Thread = { worker: Worker; ready: Promise<void> }
type State = { thread: Thread | null; last: Promise<unknown>; count: number; idle: NodeJS.Timeout | null }
const state = () =>
  processState<State>('emails.compiler', () => ({ thread: null, last: Promise.resolve(), count: 0, idle: null }))

/** Relative to where the process stands: in the bundle of the pages this module is somewhere else. */
const file = () => join(/* turbopackIgnore: true */ process.cwd(), 'core', 'emails', 'compile-worker.ts')

/** Whichever comes first: what is waited for, the end of the thread, or the end of patience. */
const within = <T>(
  worker: Worker,
  ms: number,
  wait: (done: (value: T) => void, giveUp: () => void) => () => void,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      worker.off('exit', onExit)
      worker.off('error', onError)
      stopWaiting()
    }
    const onExit = () => {
      end()
      reject(new Error('the compiler ended'))
    }
    const onError = (error: Error) => {
      end()
      reject(error)
    }
    const giveUp = () => {
      end()
      reject(new Error('the compiler took too long'))
    }
    const timer = setTimeout(giveUp, ms)
    const stopWaiting = wait((value) => {
      end()
      resolve(value)
    }, giveUp)
    worker.once('exit', onExit)
    worker.once('error', onError)
  })

function start(): Thread {
  const worker = new Worker(file(), { env: {}, execArgv: [], resourceLimits: memory, stdout: false, stderr: false })
  // Whoever waits for an answer keeps the process alive; the thread does not.
  worker.unref()
  worker.on('error', () => {})
  const ready = within<void>(worker, startMs, (done) => {
    const heard = () => done()
    worker.once('message', heard)
    return () => worker.off('message', heard)
  })
  return { worker, ready }
}

const workedMs = async (worker: Worker): Promise<number> => {
  const { user, system } = await worker.cpuUsage()
  return (user + system) / 1000
}

/** Gives up on a thread that has worked for longer than it may; answers how to look no more. */
const watchWork = (worker: Worker, limitMs: number, giveUp: () => void): (() => void) => {
  let begun: number | null = null
  const look = async () => {
    const worked = await workedMs(worker)
    begun ??= worked
    if (worked - begun > limitMs) giveUp()
  }
  // A thread that has ended answers nothing, and whoever waits for it has heard of that.
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs)
  return () => clearInterval(timer)
}

const answer = ({ worker }: Thread, number: number, job: CompileJob, limitMs: number | null): Promise<CompileResult> =>
  within<CompileResult>(worker, longestMs, (done, giveUp) => {
    const heard = (message: { number: number; result: CompileResult }) => {
      if (message.number === number) done(message.result)
    }
    const lookNoMore = limitMs === null ? () => {} : watchWork(worker, limitMs, giveUp)
    worker.on('message', heard)
    worker.postMessage({ number, job })
    return () => {
      worker.off('message', heard)
      lookNoMore()
    }
  })

const stopThread = async (): Promise<void> => {
  const held = state()
  const { thread } = held
  held.thread = null
  await thread?.worker.terminate()
}

async function run(job: CompileJob, limitMs: number | null): Promise<CompileResult> {
  const held = state()
  if (held.idle) clearTimeout(held.idle)
  held.count += 1
  held.thread ??= start()
  try {
    await held.thread.ready
    return await answer(held.thread, held.count, job, limitMs)
  } catch (cause) {
    await stopThread()
    const message = cause instanceof Error ? cause.message : 'the compiler failed'
    return { html: '', text: '', problems: [{ code: 'emails.too_expensive', message }] }
  } finally {
    held.idle = setTimeout(() => void stopThread(), idleMs)
    held.idle.unref()
  }
}

/** Compiles, after those who asked before. A refusal is an answer; this never throws. */
export function compileApart(job: CompileJob, limitMs = job.isForeign ? foreignMs : null): Promise<CompileResult> {
  const held = state()
  const mine = held.last.then(() => run(job, limitMs))
  held.last = mine
  return mine
}
