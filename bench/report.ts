import type { FirstLoad } from './first-load.ts'
import type { PageFigure } from './load.ts'
import type { MailFigure, MailRate } from './mails.ts'
import type { ScaleReport } from './scale.ts'
import { scaleTables } from './scale-report.ts'
import type { SignInFigure } from './sign-ins.ts'
import type { StormFigure, Waiting } from './storm.ts'
import { drawTable, figure, kilobytes, type Table, times } from './table.ts'

export type Report = {
  /** ISO 8601. */
  at: string
  isQuick: boolean
  machine: { cores: number; cpu: string; node: string; system: string }
  connections: number
  pages: Record<'raw' | 'entry' | 'bareStatic' | 'bareDynamic' | 'profile', PageFigure>
  firstLoad: { entry: FirstLoad; bareStatic: FirstLoad } | null
  signIns: { pglite: SignInFigure; postgres: SignInFigure | null }
  storm: StormFigure
  mails: MailFigure
  scale: ScaleReport | null
}

const pagesTable = ({ pages, connections }: Report): Table => {
  const { raw, entry, bareStatic, bareDynamic, profile } = pages
  const row = (name: string, page: PageFigure): [string, ...string[]] => [
    name,
    figure(page.requestsPerSecond),
    figure(page.cpuMsPerRequest),
    times(page.cpuMsPerRequest / raw.cpuMsPerRequest),
    times(page.cpuMsPerRequest / bareStatic.cpuMsPerRequest),
    times(page.cpuMsPerRequest / bareDynamic.cpuMsPerRequest),
    figure(page.p50Ms),
    figure(page.p99Ms),
    String(page.failures),
  ]
  return {
    title: `Pages, ${connections} connections`,
    columns: ['req/s', 'CPU ms', 'raw', 'static', 'dynamic', 'p50 ms', 'p99 ms', 'failed'],
    rows: [
      row('node:http, the same bytes (limit)', raw),
      row('Livery, sign-in page', entry),
      row('bare Next, static page', bareStatic),
      row('bare Next, dynamic page', bareDynamic),
      row('Livery, profile page, signed in', profile),
    ],
    note: 'raw, static, dynamic: CPU per request as a multiple of that page’s.',
  }
}

const signInsTable = ({ signIns: { pglite, postgres } }: Report): Table => {
  const row = (name: string, signIn: SignInFigure): [string, ...string[]] => [
    name,
    figure(signIn.signInsPerSecond),
    figure(signIn.rawHashesPerSecond),
    signIn.ratio.toFixed(2),
    figure(signIn.cpuMsPerSignIn),
    figure(signIn.cpuMsPerHash),
    figure(signIn.cpuMsPerSignIn - signIn.cpuMsPerHash),
    String(signIn.refused),
  ]
  return {
    title: 'Sign-ins, 8 at once',
    columns: ['sign-ins/s', 'raw hashes/s', 'of raw', 'CPU ms', 'hash', 'above it', 'refused'],
    rows: [row('PGlite', pglite), ...(postgres ? [row('PostgreSQL', postgres)] : [])],
    note: 'A sign-in: the page, the form with its password, My Account signed in. CPU of the server’s process.',
  }
}

const stormTable = ({ storm }: Report): Table => {
  const row = (name: string, alone: Waiting, during: Waiting): [string, ...string[]] => [
    name,
    figure(alone.p50Ms),
    figure(alone.p99Ms),
    figure(during.p50Ms),
    figure(during.p99Ms),
  ]
  return {
    title: 'Waiting while 8 sign in',
    columns: ['alone p50 ms', 'p99', 'during p50 ms', 'p99'],
    rows: [
      row('node:http, the same bytes (limit)', storm.rawAlone, storm.rawDuring),
      row('Livery, sign-in page', storm.alone, storm.during),
    ],
  }
}

const mailsTable = ({ mails }: Report): Table => {
  const row = (name: string, rate: MailRate): [string, ...string[]] => [
    name,
    figure(rate.perSecond),
    figure(rate.cpuMs),
    times(rate.cpuMs / mails.raw.cpuMs),
  ]
  return {
    title: `Emails, ${kilobytes(mails.bytes)} KB, one thread`,
    columns: ['mails/s', 'CPU ms', 'raw'],
    rows: [
      row('Handlebars alone, compiled once (limit)', mails.raw),
      row('Livery: subject, HTML and plain text', mails.livery),
      row('Handlebars, compiled for every mail', mails.compiling),
      row('Livery, the first of its kind', mails.first),
    ],
  }
}

const firstLoadTable = ({ firstLoad }: Report): Table[] => {
  if (!firstLoad) return []
  const row = (name: string, load: FirstLoad): [string, ...string[]] => [
    name,
    String(load.requests),
    kilobytes(load.bytes),
    kilobytes(load.html),
    kilobytes(load.style),
    kilobytes(load.script),
    kilobytes(load.font),
    kilobytes(load.image),
  ]
  return [
    {
      title: 'First load, KB',
      columns: ['requests', 'total', 'HTML', 'CSS', 'scripts', 'fonts', 'images'],
      rows: [row('Livery, sign-in page', firstLoad.entry), row('bare Next, static page', firstLoad.bareStatic)],
    },
  ]
}

/** All of it, for a terminal. */
export const drawReport = (report: Report): string => {
  const { at, machine, isQuick } = report
  const head = `Livery, ${at.slice(0, 16).replace('T', ' ')} UTC, Node ${machine.node}, ${machine.cores} cores (${machine.cpu})${isQuick ? ', quick' : ''}`
  const tables = [
    pagesTable(report),
    signInsTable(report),
    stormTable(report),
    mailsTable(report),
    ...firstLoadTable(report),
    ...scaleTables(report.scale),
  ]
  return [head, ...tables.map(drawTable)].join('\n\n')
}
