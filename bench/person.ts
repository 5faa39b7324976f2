import { type Answer, ask } from './load.ts'

/** Somebody of the sample world who needs no second step, and where they are met. */
export type Person = { username: string; password: string }

export const home = '/o/alpine'
/** What browsers send. */
export const accepts = { 'accept-encoding': 'gzip, deflate, br' }

export const hostOf = (port: number) => `localhost:${port}`

const cookiesOf = (answer: Answer) =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ')

let networks = 0
/** Another network each time: what one network may try is bounded, and rightly so. */
const someNetwork = () => {
  networks += 1
  return `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks & 255}`
}

/** What a browser does: see the form, send it, follow to the account, whole and signed in. Its cookies; null when refused. */
export const signIn = async (port: number, { username, password }: Person): Promise<string | null> => {
  const headers = { ...accepts, host: hostOf(port), 'x-forwarded-for': someNetwork() }
  await ask(port, { path: `${home}/sign-in`, headers })
  const answered = await ask(port, {
    method: 'POST',
    path: `${home}/sign-in`,
    headers: {
      ...headers,
      origin: `http://${hostOf(port)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ username, password }).toString(),
  })
  if (answered.status !== 303) return null
  const cookie = cookiesOf(answered)
  const account = await ask(port, { path: `${home}/account`, headers: { ...headers, cookie } })
  return account.status === 200 ? cookie : null
}

export type Signed = { done: number; refused: number; seconds: number }

/** Complete sign-ins, `parallel` at once, for a while. */
export const signInFor = async (
  port: number,
  people: readonly Person[],
  { parallel, seconds }: { parallel: number; seconds: number },
): Promise<Signed> => {
  const begun = performance.now()
  const end = begun + seconds * 1000
  let next = 0
  let done = 0
  let refused = 0
  const loop = async () => {
    while (performance.now() < end) {
      next += 1
      const person = people[next % people.length]
      if (person && (await signIn(port, person))) done += 1
      else refused += 1
    }
  }
  await Promise.all(Array.from({ length: parallel }, loop))
  return { done, refused, seconds: (performance.now() - begun) / 1000 }
}
