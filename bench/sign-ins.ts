import { hash, verify } from '@node-rs/argon2'
import { argon2Options } from '#core/credentials'
import { type Answer, ask } from './load.ts'
import { cpuMs, type Measured } from './processes.ts'

export type SignInFigure = {
  signInsPerSecond: number
  rawHashesPerSecond: number
  ratio: number
  cpuMsPerSignIn: number
  refused: number
}

const parallel = 8

/** The ceiling: nothing but verifications of one argon2id hash, as many at once as the sign-ins run. */
const rawHashes = async (seconds: number) => {
  const stored = await hash('a password that nobody uses', argon2Options)
  const end = Date.now() + seconds * 1000
  let done = 0
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (Date.now() < end) {
        await verify(stored, 'a password that nobody uses')
        done += 1
      }
    }),
  )
  return done / ((performance.now() - begun) / 1000)
}

const cookiesOf = (answer: Answer) =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ')

/** What a browser does: see the form, send it, follow to the account, whole and signed in. */
const signIn = async (port: number, username: string, password: string, address: string) => {
  const host = { host: `localhost:${port}`, 'x-forwarded-for': address, 'accept-encoding': 'br' }
  await ask(port, { path: '/o/alpine/sign-in', headers: host })
  const answered = await ask(port, {
    method: 'POST',
    path: '/o/alpine/sign-in',
    headers: { ...host, origin: `http://localhost:${port}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username, password }).toString(),
  })
  if (answered.status !== 303) return false
  const account = await ask(port, { path: '/o/alpine/account', headers: { ...host, cookie: cookiesOf(answered) } })
  return account.status === 200
}

/** Complete password sign-ins, many people at once, beside the raw hash rate before and after in the same minute. */
export const measureSignIns = async (
  server: Measured,
  people: { username: string; password: string }[],
  seconds: number,
): Promise<SignInFigure> => {
  const before = await rawHashes(seconds / 4)
  const pid = server.process.pid ?? 0
  const cpu = cpuMs(pid)
  const begun = performance.now()
  const end = Date.now() + seconds * 1000
  let done = 0
  let refused = 0
  let next = 0
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (Date.now() < end) {
        next += 1
        const person = people[next % people.length]
        const address = `10.${(next >> 16) & 255}.${(next >> 8) & 255}.${next & 255}`
        if (person && (await signIn(server.port, person.username, person.password, address))) done += 1
        else refused += 1
      }
    }),
  )
  const perSecond = done / ((performance.now() - begun) / 1000)
  const cpuMsPerSignIn = (cpuMs(pid) - cpu) / Math.max(1, done)
  const raw = (before + (await rawHashes(seconds / 4))) / 2
  return { signInsPerSecond: perSecond, rawHashesPerSecond: raw, ratio: perSecond / raw, cpuMsPerSignIn, refused }
}
