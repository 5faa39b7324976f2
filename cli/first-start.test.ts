// A new installation on the embedded database, from nothing to its first organization, by the commands themselves.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lockDirectory } from '#platform/directory-lock'

const root = join(import.meta.dirname, '..')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'livery-first-start-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const settings = () => ({
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  LIVERY_ORIGIN: 'https://account.example.com',
  LIVERY_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
  LIVERY_DATA_DIR: folder,
  LIVERY_MAIL_FROM: 'no-reply@example.com',
  SMTP_URL: 'smtp://127.0.0.1:1',
})

const livery = (...args: string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const env = settings() as NodeJS.ProcessEnv
    const child = spawn(process.execPath, ['cli/livery.ts', ...args], { cwd: root, env })
    const said = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (words: string) => {
      said.out += words
    })
    child.stderr.setEncoding('utf8').on('data', (words: string) => {
      said.err += words
    })
    child.once('close', (code) => resolve({ code, ...said }))
  })

it('makes the root and its owner, and prints no password', async () => {
  const owner = ['--owner', 'olga@acme.example', '--given-name', 'Olga', '--family-name', 'Ortiz']
  const { code, out, err } = await livery('org', 'create', 'acme', '--name', 'Acme Group', ...owner)
  expect([code, err]).toEqual([0, ''])
  expect(out.split('\n')).toEqual([
    'Acme Group is there, at https://account.example.com.',
    expect.stringMatching(/^olga@acme\.example gets a mail with a link to choose a password\./),
    '',
  ])
})

it('finds it again, for a person and for a program', async () => {
  const { code, out } = await livery('org', 'list')
  expect(code).toBe(0)
  expect(out).toMatch(/^acme +Acme Group +active +https:\/\/account\.example\.com$/m)
  const people = await livery('people', 'list', '--org', 'acme', '--json')
  expect(JSON.parse(people.out)).toMatchObject({ people: [{ email: 'olga@acme.example', roles: ['owner'] }] })
})

it('answers 1 in one line for what cannot be done', async () => {
  const { code, out, err } = await livery('org', 'create', 'other', '--name', 'Other')
  expect([code, err]).toEqual([1, ''])
  expect(out).toBe('There is a root already: --below acme, or an organization below it. (organizations.root_exists)\n')
  const asked = await livery('org', 'suspend', 'acme', '--json')
  expect([asked.code, JSON.parse(asked.out)]).toEqual([
    1,
    { error: 'organizations.is_root', message: 'That cannot be done to the root. (organizations.is_root)' },
  ])
})

it('answers 2 for what cannot be asked like that, and 0 for help, without opening anything', async () => {
  const [unfinished, help, overview] = await Promise.all([
    livery('org', 'create', 'acme'),
    livery('token', 'create', '--help'),
    livery('audit', '--help'),
  ])
  expect([unfinished.code, unfinished.out]).toEqual([2, ''])
  expect(unfinished.err).toMatch(/^--name is missing\.\n\nnpm run livery -- org create <handle> …/)
  expect([help.code, help.err]).toEqual([0, ''])
  expect(help.out).toContain('--expires-days <days>')
  expect(overview.out.match(/^ {2}\S+ \S+/gm)).toEqual([
    '  audit verify',
    '  audit seal',
    '  audit list',
    '  audit retain',
  ])
})

it('says in one line that a running server has the directory open, and what to ask instead', async () => {
  const unlock = lockDirectory(folder)
  const { code, out, err } = await livery('org', 'list')
  unlock()
  expect([code, err]).toEqual([1, ''])
  expect(out).toBe(
    `Process ${process.pid} has ${folder} open, and only one at a time may: stop it first, or ask it, by its REST interface at https://account.example.com/api/docs. (database.in_use)\n`,
  )
})
