import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { signIn } from '#core/login'
import { addHost, loadDirectory } from '#core/organizations'
import { find } from '#core/people'
import { begin } from '#core/sessions'
import { minutes, setClockForTests } from '#platform/clock'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { forgetProcessState } from '#platform/process'
import { asField } from '#support/authenticator'
import { freshDatabase } from '#support/database'
import { at, buildWorld, password, person, type World } from '#support/engine'
import { browserAt, givePasskey } from '#support/passkey-sign-in'
import { member } from '#support/staff'
import { meet } from '#web/meet'
import { send } from './answer.ts'
import { readAsked } from './asked.ts'
import { siteAnswer } from './site.ts'

freshDatabase()
let world: World
let server: Server
beforeAll(async () => {
  world = await buildWorld()
  await withPlatform((tx) => addHost(tx, systemActor, world.own, 'account.pacifica.example', { verified: true }))
  await loadDirectory()
  const render = () => Promise.reject(new Error('no page is drawn'))
  server = createServer(async (message, response) => {
    const asked = readAsked(message)
    const met = 'status' in asked ? null : meet(asked.host, asked.path)
    if ('status' in asked || met?.kind !== 'site') return response.writeHead(400).end()
    return send(message, response, await siteAnswer(render, met, asked))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}, 60_000)
afterAll(() => new Promise((resolve) => server.close(resolve)))

type Sent = { host?: string; base?: string; cookie?: string; origin?: string; raw?: string }

/** As the script of a page does; the demo's own port stands in no Host here, so that places are those of port 3000. */
const ask = async (fields: Record<string, string>, { host, base = '/o/own', cookie, origin, raw }: Sent = {}) => {
  const body = raw ?? new URLSearchParams(fields).toString()
  const headers = {
    host: host ?? 'localhost:3000',
    origin: origin ?? `http://${host ?? 'localhost:3000'}`,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    ...(cookie ? { cookie } : {}),
  }
  const { port } = server.address() as AddressInfo
  return new Promise<{ status: number; type: string; cache: string; setCookie: string[]; json: Answered }>(
    (resolve, reject) => {
      const sent = request({ port, method: 'POST', path: `${base}/passkey/options`, headers }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk) => chunks.push(chunk))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: String(answer.headers['content-type']),
            cache: String(answer.headers['cache-control']),
            setCookie: answer.headers['set-cookie'] ?? [],
            json: JSON.parse(Buffer.concat(chunks).toString('utf8')) as Answered,
          }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    },
  )
}

type Answered = {
  code?: string
  title?: string
  challenge: string
  options: {
    challenge: string
    rpId?: string
    rp?: { id: string; name: string }
    user?: { name: string }
    allowCredentials?: { id: string }[]
    userVerification?: string
  }
}

const nonceOf = (line = ''): string => /^__Host-own-passkey=([\w-]{43});/.exec(line)?.[1] ?? ''
const attempts = () =>
  withOrganization(world.own, async (tx: Tx) => {
    const rows = tx.sql.withTables<{ attempts: { id: string } }>().selectFrom('attempts').select('id').execute()
    return (await rows).length
  })

describe('for whoever signs in', () => {
  it('the same is told to everybody, nothing of any account, and nothing is kept of it', async () => {
    const { ref } = await member({ home: world.own })
    await givePasskey(ref, browserAt(world.own))
    const before = await attempts()
    const { status, type, cache, setCookie, json } = await ask({ for: 'sign-in', username: 'member1@staff.example' })
    expect([status, type, cache]).toEqual([200, 'application/json; charset=utf-8', 'no-store'])
    expect(json.options).toMatchObject({ rpId: 'localhost', allowCredentials: [], userVerification: 'required' })
    expect(setCookie).toHaveLength(1)
    expect(setCookie[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/)
    expect(await attempts()).toBe(before)
  })

  it('two pages of one browser are bound to the same value, which nobody may choose', async () => {
    const first = nonceOf((await ask({ for: 'sign-in' })).setCookie[0])
    expect(first).not.toBe('')
    const again = await ask({ for: 'sign-in' }, { cookie: `__Host-own-passkey=${first}` })
    expect(nonceOf(again.setCookie[0])).toBe(first)
    const planted = await ask({ for: 'sign-in' }, { cookie: '__Host-own-passkey=mine' })
    expect(nonceOf(planted.setCookie[0])).not.toBe('')
    expect(again.json.challenge).not.toBe(planted.json.challenge)
  })

  it('signs in at the address that it was asked at', async () => {
    const { ref } = await member({ home: world.own, kind: 'consumer' })
    const browser = browserAt(world.own)
    const { device } = await givePasskey(ref, browser)
    const { json, setCookie } = await ask({ for: 'sign-in' })
    const { challenge, rpId = '' } = json.options
    const credential = asField(device.authenticate({ challenge, rpId }, 'http://localhost:3000'))
    const answer = { at: 'passkey', credential, challenge: json.challenge }
    const here = { ...browser, browser: { passkey: nonceOf(setCookie[0]) } }
    expect((await signIn(here, null, answer)).ticket).toBeDefined()
  })

  it.each([
    ['localhost:3000', '/o/own', 'localhost'],
    ['own.localhost:3000', '', 'own.localhost'],
  ])('at %s%s passkeys are bound to %s', async (host, base, rpId) => {
    expect((await ask({ for: 'sign-in' }, { host, base })).json.options.rpId).toBe(rpId)
  })

  it('where browsers have no passkeys it says so', async () => {
    const { status, type, json } = await ask({ for: 'sign-in' }, { host: 'account.pacifica.example:3000', base: '' })
    expect([status, type, json.code]).toEqual([409, 'application/problem+json', 'passkey.not_here'])
  })

  it('so many are told to one network, and then none for a while', async () => {
    forgetProcessState('server.rest.limits')
    let last = await ask({ for: 'sign-in' })
    for (let turn = 0; turn < 600; turn += 1) last = await ask({ for: 'sign-in' })
    expect([last.status, last.json.code]).toEqual([429, 'request.too_many'])
    forgetProcessState('server.rest.limits')
  }, 60_000)
})

describe('is refused', () => {
  it.each<[string, Record<string, string>, Sent, number, string]>([
    ['from another origin', { for: 'sign-in' }, { origin: 'http://evil.example' }, 403, 'request.foreign_origin'],
    ['for nothing', {}, {}, 400, 'request.invalid'],
    ['for something else', { for: 'password' }, {}, 400, 'request.invalid'],
    ['at length', {}, { raw: `for=sign-in&more=${'x'.repeat(2000)}` }, 413, 'request.too_large'],
    ['for a second step of nobody', { for: 'second-step' }, {}, 400, 'login.expired'],
    ['on the way of nobody', { for: 'register', at: 'offer' }, {}, 400, 'login.expired'],
    ['to make one for nobody', { for: 'register' }, {}, 401, 'session.unknown'],
    ['to make one along the way for nobody', { for: 'upgrade' }, {}, 401, 'session.unknown'],
    ['to prove one of nobody', { for: 'proof' }, { cookie: '__Host-own=made-up' }, 401, 'session.unknown'],
  ])('%s', async (_, fields, sent, status, code) => {
    const answer = await ask(fields, sent)
    expect([answer.status, answer.type, answer.json.code]).toEqual([status, 'application/problem+json', code])
    expect(answer.json.title).toBeTruthy()
    expect(answer.setCookie).toEqual([])
  })
})

describe('for somebody who is known', () => {
  const signedIn = async () => {
    const { ref, email } = await member({ home: world.own, kind: 'consumer' })
    const generation = (await withOrganization(world.own, (tx) => find(tx, ref.personId)))?.sessionGeneration ?? 0
    const beginning = { ...ref, methods: ['pwd'], generation, by: at(world.own).by }
    const { secret } = await withOrganization(world.own, (tx) => begin(tx, beginning))
    return { ref, email, cookie: `__Host-own=${secret}` }
  }

  it('their own account is named to make one, and their own passkeys to prove one', async () => {
    const { ref, email, cookie } = await signedIn()
    const { passkey } = await givePasskey(ref, browserAt(world.own))
    for (const wanted of ['register', 'upgrade']) {
      const { status, json } = await ask({ for: wanted }, { cookie })
      expect([status, json.options.rp?.id, json.options.user?.name]).toEqual([200, 'localhost', email])
    }
    const { json } = await ask({ for: 'proof' }, { cookie })
    expect(json.options.allowCredentials?.map(({ id }) => id)).toEqual([passkey.credentialId])
  })

  it('none is made long after a proof', async () => {
    const { cookie } = await signedIn()
    setClockForTests(minutes(11))
    const { status, json } = await ask({ for: 'register' }, { cookie })
    setClockForTests(0)
    expect([status, json.code]).toEqual([403, 'account.proof_needed'])
  })

  it('a second step is taken with their own, in the browser where they have proven something', async () => {
    const { id } = await person({ email: 'second@strict.example', home: world.strict })
    const { passkey } = await givePasskey({ homeId: world.strict, personId: id }, browserAt(world.strict))
    const { attempt } = await signIn(at(world.strict), null, { username: 'second@strict.example', password })
    const place = { base: '/o/strict', cookie: `__Host-strict-attempt=${attempt}` }
    const { status, json } = await ask({ for: 'second-step' }, place)
    expect([status, json.options.allowCredentials?.map(({ id: one }) => one)]).toEqual([200, [passkey.credentialId]])
    expect((await ask({ for: 'register', at: 'x' }, place)).json.code).toBe('login.expired')
  })

  it('one is made on the way by whoever has to set a second step up', async () => {
    await person({ email: 'new@strict.example', home: world.strict })
    const { attempt } = await signIn(at(world.strict), null, { username: 'new@strict.example', password })
    const place = { base: '/o/strict', cookie: `__Host-strict-attempt=${attempt}` }
    const { json } = await ask({ for: 'register', at: '~second/enrol' }, place)
    expect(json.options).toMatchObject({ rp: { name: 'Strict Bank' }, user: { name: 'new@strict.example' } })
  })
})
