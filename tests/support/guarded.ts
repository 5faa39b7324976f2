// Starts a program for a run of the tests that ends with the run, even when that is killed.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

// A shell stands beside the program and ends it when its own standard input ends: at `stop`, and when the process that
// holds the other end dies in whatever way. Then it clears away what the program worked in.
const guard = (signal: string) => `
  exec 3<&0
  "$@" < /dev/null 3<&- & child=$!
  (cat <&3; kill -${signal} $child) > /dev/null 2>&1 & watch=$!
  exec 3<&-
  wait $child; code=$?
  kill $watch 2> /dev/null
  [ -z "$LIVERY_CLEAR" ] || rm -rf "$LIVERY_CLEAR"
  exit $code`

type Options = {
  cwd: string
  env?: Record<string, string>
  uid?: number
  gid?: number
  signal?: 'INT' | 'TERM'
  /** A folder that goes with the program. */
  clear?: string
}

export type Guarded = {
  child: ChildProcessByStdio<Writable, Readable, Readable>
  /** What it has said so far. */
  said: () => string
  /** Ends it; answers its exit code. */
  stop: () => Promise<number | null>
}

/** In a session of its own, so that a Ctrl-C at the terminal reaches only whoever ends it in order. */
export const startGuarded = (
  command: string,
  args: string[],
  { env = {}, signal = 'TERM', clear = '', ...rest }: Options,
): Guarded => {
  const child = spawn('sh', ['-c', guard(signal), 'sh', command, ...args], {
    ...rest,
    env: { ...process.env, ...env, LIVERY_CLEAR: clear },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stdout.setEncoding('utf8').on('data', (words: string) => said.push(words))
  child.stderr.setEncoding('utf8').on('data', (words: string) => said.push(words))
  child.stdin.on('error', () => {})
  const over = new Promise<number | null>((resolve) => {
    child.once('close', resolve)
    child.once('error', () => resolve(null))
  })
  const stop = () => {
    child.stdin.end()
    return over
  }
  return { child, said: () => said.join(''), stop }
}
