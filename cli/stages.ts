// Runs the stages of a check, some at the same time, shows each one's output whole and in order, and sums up what passed
// and failed. A stage that breaks counts as failed, whatever it had counted.

import { type ChildProcess, spawn } from 'node:child_process'
import { root } from './place.mjs'

export type Count = { passed: number; failed: number }

export type Stage = {
  name: string
  command: string[]
  env?: Record<string, string | undefined>
  /** What it tested, read after it ended; without this it counts as one. */
  count?: () => Count
  /** Names of stages that end before this one begins. */
  after?: string[]
}

const isColored = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR
/** The programs write into a pipe, and would have to guess. */
const colors = isColored ? { FORCE_COLOR: '1', NO_COLOR: undefined } : { FORCE_COLOR: undefined, NO_COLOR: '1' }
const colored = (code: number, text: string) => (isColored ? `\u001b[${code}m${text}\u001b[0m` : text)

/** Output of stages in their order: one speaks at once, the others' words wait. */
const makeScript = (names: string[]) => {
  const said = new Map<string, string[]>(names.map((name) => [name, []]))
  const ended = new Set<string>()
  const speak = () => {
    for (const name of names) {
      for (const words of said.get(name)?.splice(0) ?? []) process.stdout.write(words)
      if (!ended.has(name)) return
    }
  }
  return {
    say: (name: string, words: string) => {
      said.get(name)?.push(words)
      speak()
    },
    end: (name: string) => {
      ended.add(name)
      speak()
    },
  }
}

const counted = ({ count }: Stage, isDone: boolean): Count => {
  const own = (): Count => {
    try {
      return count?.() ?? { passed: isDone ? 1 : 0, failed: isDone ? 0 : 1 }
    } catch {
      return { passed: 0, failed: 1 }
    }
  }
  const { passed, failed } = own()
  return { passed, failed: isDone ? failed : Math.max(failed, 1) }
}

const running = new Set<ChildProcess>()
let isStopped = false

const run = ({ command, env }: Stage, hear: (words: string) => void): Promise<boolean> =>
  new Promise((resolve) => {
    const [program = '', ...rest] = command
    const child = spawn(program, rest, {
      cwd: root,
      env: { ...process.env, ...colors, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.once('error', (error) => {
      hear(`${error.message}\n`)
      running.delete(child)
      resolve(false)
    })
    child.once('close', (code) => {
      running.delete(child)
      resolve(code === 0)
    })
  })

const stopOnSignals = () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      isStopped = true
      for (const child of running) child.kill(signal)
    })
  }
}

/** Runs everything, at most `width` stages at a time; answers the sum. A stage that waited for a failed one runs as well. */
export const runStages = async (stages: Stage[], width: number): Promise<Count> => {
  stopOnSignals()
  const script = makeScript(stages.map(({ name }) => name))
  const waiting = [...stages]
  const ended = new Set<string>()
  const sum: Count = { passed: 0, failed: 0 }

  const take = async (stage: Stage): Promise<void> => {
    const began = Date.now()
    script.say(stage.name, `\n${colored(1, `── ${stage.name}`)}\n`)
    const isDone = await run(stage, (words) => script.say(stage.name, words))
    const { passed, failed } = counted(stage, isDone && !isStopped)
    sum.passed += passed
    sum.failed += failed
    const verdict = failed > 0 ? colored(31, `${failed} failed`) : colored(32, 'passed')
    script.say(stage.name, `── ${stage.name}: ${verdict}, ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
    script.end(stage.name)
    ended.add(stage.name)
  }

  const active = new Set<Promise<void>>()
  while ((waiting.length > 0 && !isStopped) || active.size > 0) {
    const next = waiting.findIndex(({ after = [] }) => after.every((name) => ended.has(name)))
    const [stage] = next >= 0 && active.size < width && !isStopped ? waiting.splice(next, 1) : []
    if (stage) {
      const work: Promise<void> = take(stage).finally(() => active.delete(work))
      active.add(work)
    } else await Promise.race(active)
  }
  sum.failed += waiting.length
  return sum
}

/** The last line of every check, and its exit code. */
export const conclude = ({ passed, failed }: Count): void => {
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
