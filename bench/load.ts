import { request } from 'node:http'
import autocannon from 'autocannon'
import { cpuMs, type Measured } from './processes.ts'

/** One figure of a page under load: requests per second, CPU per request of the server, latency in milliseconds. */
export type PageFigure = {
  requestsPerSecond: number
  cpuMsPerRequest: number
  p50Ms: number
  p99Ms: number
  failures: number
}

export type PageCase = { name: string; server: Measured; path: string; headers: Record<string, string> }

export type Measuring = { rounds: number; seconds: number; connections: number }

/** The value that `part` of all values are not above. */
export const quantile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
export const median = (values: readonly number[]) => quantile(values, 0.5)

type Round = PageFigure & { requests: number }

const once = async (page: PageCase, seconds: number, connections: number): Promise<Round> => {
  const { server, path, headers } = page
  const pid = server.process.pid ?? 0
  const latencies: number[] = []
  const before = cpuMs(pid)
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const url = `http://127.0.0.1:${server.port}${path}`
    const load = autocannon({ url, headers, connections, duration: seconds }, (error, done) =>
      error ? reject(error) : resolve(done),
    )
    // Its own summary knows whole milliseconds only.
    load.on('response', (_client, _status, _bytes, ms) => latencies.push(ms))
  })
  const spent = cpuMs(pid) - before
  return {
    requests: latencies.length,
    requestsPerSecond: latencies.length / result.duration,
    cpuMsPerRequest: spent / Math.max(1, latencies.length),
    p50Ms: median(latencies),
    p99Ms: quantile(latencies, 0.99),
    failures: result.non2xx + result.errors + result.timeouts,
  }
}

const warmRequests = 1000
const warmSeconds = 8

/** What is cold looks three times as dear, and a slow page takes longer to get warm than a quick one. */
const warm = async (page: PageCase, connections: number): Promise<void> => {
  let requests = 0
  for (let second = 0; second < warmSeconds && requests < warmRequests; second += 1) {
    requests += (await once(page, 1, connections)).requests
  }
}

const middle = (figures: readonly PageFigure[]): PageFigure => {
  const of = (key: keyof PageFigure) => median(figures.map((figure) => figure[key]))
  return {
    requestsPerSecond: of('requestsPerSecond'),
    cpuMsPerRequest: of('cpuMsPerRequest'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    failures: figures.reduce((sum, { failures }) => sum + failures, 0),
  }
}

/**
 * Measures the cases in turn, round by round, so that a machine that slows down slows all of them;
 * each figure is the median of its rounds.
 */
export const measurePages = async <Name extends string>(
  cases: Record<Name, PageCase>,
  { rounds, seconds, connections }: Measuring,
): Promise<Record<Name, PageFigure>> => {
  const names = Object.keys(cases) as Name[]
  const taken = new Map<Name, PageFigure[]>(names.map((name) => [name, []]))
  for (const name of names) await warm(cases[name], connections)
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) taken.get(name)?.push(await once(cases[name], seconds, connections))
  }
  return Object.fromEntries([...taken].map(([name, figures]) => [name, middle(figures)])) as Record<Name, PageFigure>
}

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }

/** One plain request with full control of its headers, Host included (fetch does not give that). */
export const ask = (
  port: number,
  options: { method?: string; path: string; headers?: Record<string, string>; body?: string },
) =>
  new Promise<Answer>((resolve, reject) => {
    const { method = 'GET', path, headers = {}, body } = options
    const call = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    call.on('error', reject)
    call.end(body)
  })
