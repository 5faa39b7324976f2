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

const once = async ({ server, path, headers }: PageCase, seconds: number): Promise<PageFigure> => {
  const pid = server.process.pid ?? 0
  const before = cpuMs(pid)
  const result = await autocannon({
    url: `http://127.0.0.1:${server.port}${path}`,
    headers,
    connections: 16,
    duration: seconds,
  })
  const spent = cpuMs(pid) - before
  return {
    requestsPerSecond: result.requests.average,
    cpuMsPerRequest: spent / Math.max(1, result.requests.total),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  }
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/**
 * Measures the cases in turn, round by round, so that a machine that slows down slows all of them;
 * each figure is the median of its rounds.
 */
export const measurePages = async (cases: PageCase[], { rounds, seconds }: { rounds: number; seconds: number }) => {
  const taken = new Map<string, PageFigure[]>(cases.map((page) => [page.name, []]))
  for (const page of cases) await once(page, 2)
  for (let round = 0; round < rounds; round += 1) {
    for (const page of cases) taken.get(page.name)?.push(await once(page, seconds))
  }
  const middle = (figures: PageFigure[], key: keyof PageFigure) => median(figures.map((figure) => figure[key]))
  return new Map(
    [...taken].map(([name, figures]) => [
      name,
      {
        requestsPerSecond: middle(figures, 'requestsPerSecond'),
        cpuMsPerRequest: middle(figures, 'cpuMsPerRequest'),
        p50Ms: middle(figures, 'p50Ms'),
        p99Ms: middle(figures, 'p99Ms'),
        failures: figures.reduce((sum, figure) => sum + figure.failures, 0),
      } satisfies PageFigure,
    ]),
  )
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
