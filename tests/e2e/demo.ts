// The demo that all stories share: a new sample world on a free port, started as `npm run demo` starts it and stopped after
// the last story, which fails the run when it does not stop in order.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/free-port.ts'
import { type Guarded, startGuarded } from '../support/guarded.ts'

const root = join(import.meta.dirname, '../..')
const patienceMs = 120_000

const untilReady = async (server: Guarded, origin: string): Promise<void> => {
  let isOver = false
  server.child.once('close', () => {
    isOver = true
  })
  const giveUpAt = Date.now() + patienceMs
  while (!isOver && Date.now() < giveUpAt) {
    const answer = await fetch(`${origin}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await server.stop()
  throw new Error(`the demo did not start:\n${server.said()}`)
}

const globalSetup = async (): Promise<() => Promise<void>> => {
  const data = mkdtempSync(join(tmpdir(), 'livery-stories-'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const server = startGuarded(process.execPath, ['server/index.ts'], {
    cwd: root,
    clear: data,
    env: {
      LIVERY_MODE: 'demo',
      NODE_ENV: 'production',
      PORT: String(port),
      LIVERY_DATA_DIR: data,
      LIVERY_ORIGIN: '',
      LIVERY_SECRET: '',
      LIVERY_MAIL_FROM: '',
      DATABASE_URL: '',
      SMTP_URL: '',
      // Every visitor of the stories comes from a network of their own.
      LIVERY_TRUSTED_PROXIES: '127.0.0.1,::1',
    },
  })
  await untilReady(server, origin)
  process.env.LIVERY_E2E_ORIGIN = origin
  process.env.LIVERY_E2E_DATA_DIR = data
  return async () => {
    const code = await server.stop()
    const log = join(root, 'test-results/demo.log')
    mkdirSync(join(root, 'test-results'), { recursive: true })
    writeFileSync(log, server.said())
    if (code !== 0) throw new Error(`the demo ended with ${code}, see ${log}`)
  }
}

export default globalSetup
