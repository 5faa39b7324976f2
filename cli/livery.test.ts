import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { freshDatabase, makeEmptyDatabase } from '#support/database'
import { startElsewhere } from '#support/elsewhere'

freshDatabase()

const root = join(import.meta.dirname, '..')
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livery-toolkit-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the toolkit with these settings alone. */
const livery = (args: string[], settings: Record<string, string> = {}) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const env = { PATH: process.env.PATH, NODE_ENV: 'test', LIVERY_MODE: 'demo', LIVERY_DATA_DIR: folder, ...settings }
    const child = spawn(process.execPath, ['cli/livery.ts', ...args], { cwd: root, env: env as NodeJS.ProcessEnv })
    const said = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (words: string) => {
      said.out += words
    })
    child.stderr.setEncoding('utf8').on('data', (words: string) => {
      said.err += words
    })
    child.once('close', (code) => resolve({ code, ...said }))
  })

type Finding = { check: string; ok: boolean; says: string }
const examine = async (settings: Record<string, string>) => {
  const { code, out } = await livery(['doctor', '--json'], settings)
  const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: Finding[] }
  expect(code).toBe(ok ? 0 : 1)
  const bad = findings.filter((finding) => !finding.ok)
  return { findings, bad, says: (check: string) => findings.find((finding) => finding.check === check)?.says ?? '' }
}

describe('the toolkit', () => {
  it.each([[[]], [['theme', 'check']], [['doctor', 'now']], [['doctor', '--force']], [['constructor']], [['org']]])(
    'does not pretend to know %j',
    async (args) => {
      const { code, out, err } = await livery(args)
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(/^npm run livery -- (?:<verb>|doctor) /m)
    },
  )
})

describe('the doctor', () => {
  it('finds nothing wrong where nothing is, and leaves nothing behind', async () => {
    const directory = join(folder, 'new')
    const { bad, findings, says } = await examine({ LIVERY_DATA_DIR: directory })
    expect(bad).toEqual([])
    expect(findings.map(({ check }) => check)).toEqual([
      'node',
      'settings',
      'data directory',
      'database',
      'migrations',
      'mail',
    ])
    expect(says('data directory')).toContain('made at the first start')
    expect(says('mail')).toBe('the built-in mailbox')
    expect(() => chmodSync(directory, 0o700)).toThrow('ENOENT')
  })

  it('names every setting that is missing or bad, each in a line, for people too', async () => {
    const { bad } = await examine({ LIVERY_MODE: 'production', LIVERY_DATA_DIR: '', PORT: 'x' })
    expect(bad.map(({ check, says }) => [check, says.split(' ')[0]])).toEqual(
      ['PORT', 'LIVERY_ORIGIN', 'LIVERY_SECRET', 'SMTP_URL', 'LIVERY_MAIL_FROM', 'DATABASE_URL'].map((name) => [
        'settings',
        name,
      ]),
    )
    const { code, out } = await livery(['doctor'], { LIVERY_MODE: 'production' })
    expect(code).toBe(1)
    expect(out).toMatch(/^BAD settings +LIVERY_SECRET is missing/m)
  })

  it('says what the next start will apply, and that nothing is pending afterwards', async () => {
    const database = await makeEmptyDatabase()
    expect((await examine(database.settings)).says('migrations')).toMatch(/^\d+ pending.*0001_foundation\.sql/)
    const { applied } = JSON.parse((await livery(['migrate', '--json'], database.settings)).out) as {
      applied: string[]
    }
    expect(applied[0]).toBe('0001_foundation.sql')
    expect((await examine(database.settings)).says('migrations')).toBe('none pending')
    expect(await livery(['migrate'], database.settings)).toEqual({ code: 0, out: 'nothing to apply\n', err: '' })
    await database.drop()
  })

  if (inject('postgres')) {
    it('tells that a database cannot be reached, and no password', async () => {
      const { bad } = await examine({ DATABASE_URL: 'postgres://livery:hunter2@127.0.0.1:1/livery' })
      expect(bad).toEqual([{ check: 'database', ok: false, says: expect.stringContaining('ECONNREFUSED') }])
      expect(JSON.stringify(bad)).not.toContain('hunter2')
      const unreachable = { DATABASE_URL: 'postgres://livery:hunter2@127.0.0.1:1/livery' }
      expect((await livery(['migrate'], unreachable)).code).toBe(1)
      const { code, out, err } = await livery(['org', 'list'], unreachable)
      expect([code, err]).toEqual([1, ''])
      expect(out).toMatch(/^The database cannot be opened: .*ECONNREFUSED.* \(database\.unavailable\)\n$/)
      expect(out).not.toContain('hunter2')
    })
  } else {
    it('tells which process has the data directory open, and looks no further', async () => {
      const source = `
        import { lockDirectory } from './platform/directory-lock.ts'
        lockDirectory(${JSON.stringify(folder)})
        console.log('held')
        setInterval(() => {}, 1000)`
      const holder = startElsewhere(source)
      await holder.next()
      const { bad, says } = await examine({})
      expect(bad).toEqual([])
      expect(says('data directory')).toContain(`open in process ${holder.pid}`)
      expect(says('migrations')).toContain('known to the process that has it open')
      expect(await livery(['migrate', '--json'])).toMatchObject({
        code: 1,
        out: expect.stringContaining('database.in_use'),
      })
      holder.kill('SIGKILL')
      await holder.over
    })

    it('tells that others can read the data directory', async () => {
      chmodSync(folder, 0o755)
      const { bad } = await examine({})
      expect(bad).toEqual([{ check: 'data directory', ok: false, says: expect.stringContaining('chmod 0700') }])
    })

    it('tells that another major of PostgreSQL wrote the database', async () => {
      mkdirSync(join(folder, 'database'))
      writeFileSync(join(folder, 'database/PG_VERSION'), '17\n')
      const { bad } = await examine({})
      expect(bad).toEqual([{ check: 'database', ok: false, says: expect.stringContaining('database.other_major') }])
    })
  }

  it('tells whether the mail server takes our mail', async () => {
    const listen = (speak: string) =>
      new Promise<Server>((resolve) => {
        const server = createServer((socket) => {
          socket.on('error', () => {})
          socket.write(speak)
          socket.on('data', () => socket.write('250 fine\r\n'))
        })
        server.listen(0, '127.0.0.1', () => resolve(server))
      })
    const mailOf = async (server: Server) => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      const { bad } = await examine({ SMTP_URL: `smtp://127.0.0.1:${port}` })
      server.close()
      return bad.map(({ check }) => check)
    }
    expect(await mailOf(await listen('220 mail.example\r\n'))).toEqual([])
    expect(await mailOf(await listen('554 go away\r\n'))).toEqual(['mail'])
  })
})
