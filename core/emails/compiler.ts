/**
 * The compiler's thread, seen from the process: one job at a time, and two seconds for what an organization drew. A
 * drawing that never ends ends its thread, and the next job gets a new one; the thread has neither the settings nor the
 * secret of the process.
 */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { seconds } from '#platform/clock'
import { processState } from '#platform/process'
import type { CompileJob, CompileResult } from './job.ts'

const foreignMs = seconds(2)
/** Ours are known to end, also where there is much else to do. */
const ownMs = seconds(30)
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
const within = <T>(worker: Worker, ms: number, wait: (done: (value: T) => void) => () => void): Promise<T> =>
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
    const timer = setTimeout(() => {
      end()
      reject(new Error('the compiler took too long'))
    }, ms)
    const stopWaiting = wait((value) => {
      end()
      resolve(value)
    })
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

const answer = ({ worker }: Thread, number: number, job: CompileJob, limitMs: number): Promise<CompileResult> =>
  within<CompileResult>(worker, limitMs, (done) => {
    const heard = (message: { number: number; result: CompileResult }) => {
      if (message.number === number) done(message.result)
    }
    worker.on('message', heard)
    worker.postMessage({ number, job })
    return () => worker.off('message', heard)
  })

const stopThread = async (): Promise<void> => {
  const held = state()
  const { thread } = held
  held.thread = null
  await thread?.worker.terminate()
}

async function run(job: CompileJob, limitMs: number): Promise<CompileResult> {
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
export function compileApart(job: CompileJob, limitMs = job.isForeign ? foreignMs : ownMs): Promise<CompileResult> {
  const held = state()
  const mine = held.last.then(() => run(job, limitMs))
  held.last = mine
  return mine
}
