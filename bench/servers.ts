// What is measured: the product with the sample world, the peer, and the limit. Each is a process of its own, on a port of
// its own, and what they keep is thrown away.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DemoNotes } from '#demo/notes'
import { buildBareNext } from './bare-next.ts'
import type { Person } from './person.ts'
import { freePort, type Measured, startServer } from './processes.ts'

const root = join(import.meta.dirname, '..')
const bareFolder = join(import.meta.dirname, 'bare')
const next = createRequire(import.meta.url).resolve('next/dist/bin/next')

export type Livery = Measured & { people: Person[] }

/** A folder of this run alone. */
export const scratch = () => {
  const folder = mkdtempSync(join(tmpdir(), 'livery-bench-'))
  return { folder, clear: () => rmSync(folder, { recursive: true, force: true }) }
}

const peopleOf = ({ people }: DemoNotes): Person[] =>
  people
    .filter(({ memberships, suspended, totpSecret }) => {
      const isMember = memberships.some(({ organization }) => organization === 'alpine')
      return isMember && !suspended && !totpSecret
    })
    .map(({ email, password }) => ({ username: email, password }))

/** The sample world in a folder of its own, or in a PostgreSQL; nothing of whoever runs this gets in. */
export const demoSettings = (folder: string, databaseUrl: string | null): Record<string, string> => ({
  NODE_ENV: 'production',
  LIVERY_MODE: 'demo',
  LIVERY_ORIGIN: '',
  LIVERY_DATA_DIR: folder,
  LIVERY_SECRET: '',
  DATABASE_URL: databaseUrl ?? '',
  SMTP_URL: '',
  // Sign-ins come from as many networks as there are, see person.ts.
  LIVERY_TRUSTED_PROXIES: '127.0.0.1,::1',
  LIVERY_HASH_CONCURRENCY: '',
})

/** The product as `npm run demo` serves it, on the embedded database or, given one, on PostgreSQL. */
export const startLivery = async (folder: string, databaseUrl: string | null): Promise<Livery> => {
  const port = await freePort()
  const server = await startServer('Livery', [join(root, 'server/index.ts')], {
    port,
    folder: root,
    ready: '/readyz',
    env: { ...demoSettings(folder, databaseUrl), PORT: String(port) },
  })
  return { ...server, people: peopleOf(JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoNotes) }
}

/** A bare Next of the same version, built when there is none or another version has built it. */
export const startBareNext = async (): Promise<Measured> => {
  const mark = join(bareFolder, '.next/built-by')
  const version = statSync(next).mtimeMs.toString()
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== version) {
    buildBareNext(next, bareFolder)
    writeFileSync(mark, version)
  }
  const port = await freePort()
  return startServer('bare Next', [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)], {
    port,
    folder: bareFolder,
    ready: '/static',
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
}

/** node:http and the finished bytes. */
export const startRaw = async (folder: string, body: Buffer, encoding: string): Promise<Measured> => {
  const file = join(folder, 'finished-page')
  writeFileSync(file, body)
  const port = await freePort()
  return startServer('node:http', [join(import.meta.dirname, 'raw.ts'), String(port), file, encoding], {
    port,
    ready: '/',
  })
}
