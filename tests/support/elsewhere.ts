// Runs a few lines in another process of Livery, with this process's settings.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { settings } from '#platform/env'

const root = join(import.meta.dirname, '../..')

export type Elsewhere = {
  pid: number
  /** Every line it writes, as it comes. */
  lines: AsyncIterator<string>
  /** The next line; fails when it ends without one. */
  next: () => Promise<string>
  kill: (signal?: 'SIGKILL' | 'SIGTERM') => void
  /** Its exit code, and what it said on stderr. */
  over: Promise<{ code: number | null; errors: string }>
}

const ownSettings = (): Record<string, string> => ({
  DATABASE_URL: settings().databaseUrl ?? '',
  LIVERY_DATA_DIR: settings().dataDirectory,
})

/** Starts it: `source` is a TypeScript module that may import `#platform/…` and `#core/…`. */
export const startElsewhere = (source: string, env: Record<string, string> = {}): Elsewhere => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    cwd: root,
    env: { ...process.env, ...ownSettings(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  child.stderr.setEncoding('utf8').on('data', (words: string) => errors.push(words))
  const over = new Promise<{ code: number | null; errors: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, errors: errors.join('') })),
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`the other process ended: ${(await over).errors}`)
    return value
  }
  return { pid: child.pid ?? 0, lines, next, kill: (signal = 'SIGTERM') => void child.kill(signal), over }
}

/** Runs it to its end; answers the lines it wrote. */
export const elsewhere = async (source: string, env: Record<string, string> = {}): Promise<string[]> => {
  const { lines, over } = startElsewhere(source, env)
  const written: string[] = []
  for (let line = await lines.next(); !line.done; line = await lines.next()) written.push(line.value)
  const { code, errors } = await over
  if (code !== 0) throw new Error(`the other process ended with ${code}: ${errors}`)
  return written
}
