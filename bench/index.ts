// What the product costs beside what is physically possible, measured in the same minutes on the same machine.
// `npm run bench`, or with `-- --quick`, `-- --scale 1000,20000` or `-- --scale none`; docs/benchmark.md explains each figure.

import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../cli/build.mjs'
import { findChromium } from '../cli/chromium.ts'
import { startServer as startPostgres } from '../tests/support/postgres-server.ts'
import { type FirstLoad, measureFirstLoad } from './first-load.ts'
import { ask, measurePages, type PageCase } from './load.ts'
import type { MailFigure } from './mails.ts'
import { accepts, home, hostOf, signIn } from './person.ts'
import { type Scratch, scratchDatabase } from './postgres.ts'
import { type Measured, runProgram, stopAll } from './processes.ts'
import { drawReport, type Report } from './report.ts'
import { measureScale, readSizes, type ScaleReport } from './scale.ts'
import { demoSettings, type Livery, scratch, startBareNext, startLivery, startRaw } from './servers.ts'
import { measureSignIns, type SignInFigure } from './sign-ins.ts'
import { measureStorm } from './storm.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, scale: { type: 'string', default: '1000,100000' } },
})
const sizes = readSizes(options.scale)
const lengths = options.quick
  ? { rounds: 3, seconds: 1, signIns: { rounds: 3, seconds: 2 }, storm: 3, mails: 1, scale: 2 }
  : { rounds: 5, seconds: 3, signIns: { rounds: 5, seconds: 4 }, storm: 8, mails: 3, scale: 5 }
const connections = 16
const entry = `${home}/sign-in`

/** What is thrown away at the end, also when somebody ends it before. */
const leftovers: (() => unknown)[] = []
let leaving: Promise<void> | undefined
const leave = (): Promise<void> => {
  leaving ??= (async () => {
    await stopAll()
    for (const clear of leftovers) await clear()
  })()
  return leaving
}

const ownFolder = (): string => {
  const { folder, clear } = scratch()
  leftovers.push(clear)
  return folder
}

let isStopped = false
/** The next part: said, and not begun once somebody has asked for the end. */
const begin = (part: string) => {
  if (isStopped) throw new Error('stopped')
  process.stderr.write(`${part} …\n`)
}

/** The page as it leaves the product; what is measured is made sure of first. */
const finishedPage = async (livery: Livery) => {
  const headers = { ...accepts, host: hostOf(livery.port) }
  const page = await ask(livery.port, { path: entry, headers })
  const encoding = page.headers['content-encoding']
  if (page.status !== 200 || encoding !== 'br')
    throw new Error(`the sign-in page answered ${page.status} (${encoding})`)
  return { body: page.body, encoding }
}

const signedIn = async (livery: Livery) => {
  const [person] = livery.people
  const cookie = person && (await signIn(livery.port, person))
  if (!cookie) throw new Error('nobody could sign in')
  const headers = { ...accepts, host: hostOf(livery.port), cookie }
  const page = await ask(livery.port, { path: `${home}/account/profile`, headers })
  if (page.status !== 200) throw new Error(`the profile page answered ${page.status}`)
  return headers
}

const pageCases = async (livery: Livery, bare: Measured, raw: Measured) => {
  const host = { ...accepts, host: hostOf(livery.port) }
  return {
    raw: { name: 'node:http, the same bytes', server: raw, path: '/', headers: accepts },
    entry: { name: 'Livery, sign-in page', server: livery, path: entry, headers: host },
    bareStatic: { name: 'bare Next, static page', server: bare, path: '/static', headers: accepts },
    bareDynamic: { name: 'bare Next, dynamic page', server: bare, path: '/dynamic', headers: accepts },
    profile: {
      name: 'Livery, profile page, signed in',
      server: livery,
      path: `${home}/account/profile`,
      headers: await signedIn(livery),
    },
  } satisfies Record<string, PageCase>
}

const firstLoads = async (
  livery: Livery,
  bare: Measured,
): Promise<{ entry: FirstLoad; bareStatic: FirstLoad } | null> => {
  const chromium = findChromium()
  if (!chromium) return null
  return {
    entry: await measureFirstLoad(chromium, `http://${hostOf(livery.port)}${entry}`),
    bareStatic: await measureFirstLoad(chromium, `http://${hostOf(bare.port)}/static`),
  }
}

/** Sign-ins on PostgreSQL: the database is the only difference. */
const signInsOnPostgres = async (url: string): Promise<SignInFigure> => {
  begin('sign-ins on PostgreSQL')
  const livery = await startLivery(ownFolder(), url)
  return measureSignIns(livery, livery.people, lengths.signIns)
}

const measureMails = async (folder: string): Promise<MailFigure> => {
  begin('emails')
  const program = join(import.meta.dirname, 'mails.ts')
  return JSON.parse(await runProgram([program, String(lengths.mails)], demoSettings(folder, null))) as MailFigure
}

const measureEmbedded = async (folder: string) => {
  begin('servers')
  const livery = await startLivery(folder, null)
  const bare = await startBareNext()
  const { body, encoding } = await finishedPage(livery)
  const raw = await startRaw(folder, body, encoding)
  const cases = await pageCases(livery, bare, raw)
  begin('pages')
  const pages = await measurePages(cases, { ...lengths, connections })
  begin('the first load')
  const firstLoad = await firstLoads(livery, bare)
  await bare.stop()
  begin('sign-ins')
  const pglite = await measureSignIns(livery, livery.people, lengths.signIns)
  begin('the sign-in page while many sign in')
  const storm = await measureStorm(cases.entry, cases.raw, livery.people, lengths.storm)
  await stopAll()
  return { pages, firstLoad, pglite, storm, mails: await measureMails(folder) }
}

/** At scale, on the server that is there, or else on one of this run alone. */
const measureAtScale = async (): Promise<ScaleReport | null> => {
  if (!sizes) return null
  begin(`${sizes.join(' and ')} organizations`)
  const url = process.env.DATABASE_URL
  const server = url ? { url, stop: async () => null } : await startPostgres()
  // What is thrown away on the server goes before the server does.
  const own: (() => unknown)[] = []
  leftovers.push(async () => {
    for (const clear of own) await clear()
    await server.stop()
  })
  return measureScale(server.url, { sizes, rounds: lengths.scale }, (clear) => own.push(clear))
}

const measure = async (database: Scratch | null): Promise<Report> => {
  const at = new Date().toISOString()
  const [cpu] = cpus()
  const machine = {
    cores: availableParallelism(),
    cpu: cpu?.model ?? '',
    node: process.version,
    system: process.platform,
  }
  const { pglite, ...rest } = await measureEmbedded(ownFolder())
  const postgres = database && (await signInsOnPostgres(database.url))
  const scale = await measureAtScale()
  return { at, isQuick: options.quick, machine, connections, ...rest, signIns: { pglite, postgres }, scale }
}

const keep = (report: Report) => {
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(report, null, 2)}\n`)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    isStopped = true
    process.exitCode = 130
    void leave()
  })
}
try {
  await ensureBuilt(process.execPath)
  // First of all: a database that cannot be made is told before minutes have passed.
  const url = process.env.DATABASE_URL
  const database = url ? await scratchDatabase(url) : null
  if (database) leftovers.push(database.drop)
  const report = await measure(database)
  keep(report)
  process.stdout.write(`\n${drawReport(report)}\n`)
} catch (error) {
  // Servers that were taken away answer nothing: that is no news.
  if (!isStopped) throw error
} finally {
  await leave()
}
