// A server of a story's own, for what is done to no server that others share: killed, moved, and started again.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Guarded, startGuarded } from '../../support/guarded.ts'
import { ask } from './raw.ts'
import type { Address } from './world.ts'

const root = join(import.meta.dirname, '../../..')
const patienceMs = 60_000

export const newDataDirectory = (): string => mkdtempSync(join(tmpdir(), 'livery-story-'))
export const removeDataDirectory = (directory: string): void => rmSync(directory, { recursive: true, force: true })

export type Wish = { directory: string; port: number; settings?: Record<string, string> }

/** Starts one and does not wait. */
export const launch = ({ directory, port, settings = {} }: Wish): Guarded =>
  startGuarded(process.execPath, ['server/index.ts'], {
    cwd: root,
    env: {
      LIVERY_MODE: 'demo',
      NODE_ENV: 'production',
      PORT: String(port),
      LIVERY_DATA_DIR: directory,
      LIVERY_ORIGIN: '',
      DATABASE_URL: '',
      SMTP_URL: '',
      LIVERY_TRUSTED_PROXIES: '127.0.0.1,::1',
      ...settings,
    },
  })

export class OwnServer {
  readonly origin: string
  readonly directory: string
  readonly #process: Guarded

  private constructor({ directory, port }: Wish, process: Guarded) {
    this.origin = `http://localhost:${port}`
    this.directory = directory
    this.#process = process
  }

  /** Starts one, and answers when it is ready to serve. */
  static async start(wish: Wish): Promise<OwnServer> {
    const server = new OwnServer(wish, launch(wish))
    let isOver = false
    server.#process.child.once('close', () => {
      isOver = true
    })
    for (const giveUpAt = Date.now() + patienceMs; !isOver && Date.now() < giveUpAt; ) {
      const reply = await ask(`${server.origin}/readyz`).catch(() => null)
      if (reply?.status === 200) return server
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await server.stop()
    throw new Error(`the server did not start:\n${server.#process.said()}`)
  }

  addressOf(handle: string, form: 'root' | 'path' | 'name' = 'path'): Address {
    const { host } = new URL(this.origin)
    const base = form === 'path' ? `/o/${handle}` : ''
    const origin = form === 'name' ? `http://${handle}.${host}` : this.origin
    return { handle, form, origin, base, url: origin + base }
  }

  /** Ends it as a power cut does: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    const over = new Promise((resolve) => this.#process.child.once('close', resolve))
    const [pid] = readFileSync(join(this.directory, 'lock'), 'utf8').split(' ')
    process.kill(Number(pid), 'SIGKILL')
    await over
  }

  /** Ends it in order; answers its exit code. */
  stop(): Promise<number | null> {
    return this.#process.stop()
  }
}
