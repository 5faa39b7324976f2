import type { KyselyPlugin } from 'kysely'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { passkeysOf, removePasskey } from '#core/credentials'
import { setStatus } from '#core/people'
import { setClockForTests } from '#platform/clock'
import { useEngine, withOrganization } from '#platform/database'
import { keyedHash } from '#platform/secrets'
import { engine } from '#platform/unit-of-work'
import type { Twist } from '#support/authenticator'
import { freshDatabase } from '#support/database'
import { buildWorld, enter, password, person, type World } from '#support/engine'
import { brought, browserAt, failureOf, givePasskey, originOf, signInWith, withPasskey } from '#support/passkey-sign-in'
import { trailOf } from '#support/staff'
import { passkeyForSecondStep, passkeyToSignIn, secondStep, signIn, view } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

describe('a passkey as the first proof', () => {
  it('says who somebody is, and leads to a session', async () => {
    const { somebody, device } = await withPasskey(world.own)
    const browser = browserAt(world.own)
    const outcome = await signInWith(browser, device)
    expect(outcome).toMatchObject({ next: '/account', attempt: null })
    const { session } = await enter(browser, outcome)
    expect(session).toMatchObject({ ...somebody.ref, organizationId: world.own, methods: ['hwk'] })
  })

  it('is enough where a second step is required: it has seen a PIN or a finger', async () => {
    const { device } = await withPasskey(world.strict)
    expect((await signInWith(browserAt(world.strict), device)).ticket).toBeDefined()
  })

  it('lets in who lives elsewhere and belongs here, and nobody else', async () => {
    const { device } = await withPasskey(world.root, { at: world.mixed })
    expect((await signInWith(browserAt(world.mixed), device)).ticket).toBeDefined()
    const stranger = await withPasskey(world.root)
    const browser = browserAt(world.mixed)
    const { attempt } = await signInWith(browser, stranger.device)
    expect(await failureOf(browser, attempt)).toEqual({ code: 'passkey.refused' })
  })

  it('tells whoever waits that they wait, after a right answer alone', async () => {
    const { device } = await withPasskey(world.root, { at: world.mixed, status: 'pending' })
    const browser = browserAt(world.mixed)
    const wrong = await signInWith(browser, device, { twist: { counter: 0, origin: 'https://evil.example' } })
    expect(await failureOf(browser, wrong.attempt)).toEqual({ code: 'passkey.refused' })
    const right = await signInWith(browser, device)
    expect(await failureOf(browser, right.attempt)).toEqual({ code: 'login.waiting_for_approval' })
  })

  it('says that one is not known any more, and leaves a trace of whatever is refused', async () => {
    const { somebody, device, passkey } = await withPasskey(world.own)
    await withOrganization(world.own, (tx) => removePasskey(tx, by, somebody.id, passkey.id))
    const browser = browserAt(world.own)
    const { next, attempt, ticket } = await signInWith(browser, device)
    expect([next, ticket]).toEqual(['/sign-in', undefined])
    expect(await failureOf(browser, attempt)).toEqual({ code: 'passkey.unknown' })
    const about = keyedHash('audit account', passkey.credentialId).toString('base64url')
    expect(await trailOf(world.own, about)).toMatchObject([
      { action: 'session.refused', details: { why: 'passkey.unknown' } },
    ])
  })

  it('is refused from somebody suspended as from somebody else', async () => {
    const { somebody, device } = await withPasskey(world.own)
    await withOrganization(world.own, (tx) => setStatus(tx, by, somebody.id, 'suspended'))
    const browser = browserAt(world.own)
    const { attempt } = await signInWith(browser, device)
    expect(await failureOf(browser, attempt)).toEqual({ code: 'passkey.refused' })
  })

  it.each([{}, { credential: '', challenge: '' }, { credential: '{}', challenge: 'x' }, { credential: ['a', 'b'] }])(
    'without a script, or with another one, is no answer: %j',
    async (answer) => {
      const browser = browserAt(world.own)
      const { next, attempt } = await signIn(browser, null, { at: 'passkey', ...answer })
      expect(next).toBe('/sign-in')
      expect((await failureOf(browser, attempt))?.code).toBe('passkey.malformed')
    },
  )

  it('stays beside what was typed: the page of the password says what was wrong', async () => {
    const { device } = await withPasskey(world.own)
    const browser = browserAt(world.own)
    const first = await signIn(browser, null, { username: 'typed@own.example', password: 'not the one' })
    await signInWith(browser, device, { attempt: first.attempt ?? null, twist: { isPresent: false } })
    expect(await view(browser, first.attempt ?? null, 'sign-in')).toMatchObject({
      place: { step: 'password' },
      values: { username: 'typed@own.example' },
      failure: { code: 'passkey.refused' },
    })
    expect((await signInWith(browser, device, { attempt: first.attempt ?? null })).ticket).toBeDefined()
  })

  it('asks the same of the database whoever it is, and if it is nobody', async () => {
    const known = await withPasskey(world.own)
    const gone = await withPasskey(world.own)
    await withOrganization(world.own, (tx) => removePasskey(tx, by, gone.somebody.id, gone.passkey.id))
    const suspended = await withPasskey(world.own)
    await withOrganization(world.own, (tx) => setStatus(tx, by, suspended.somebody.id, 'suspended'))
    const wrong: Twist = { origin: 'https://evil.example' }
    const statements = async (device: typeof known.device): Promise<string[]> => {
      const browser = browserAt(world.own)
      const answer = brought(device, passkeyToSignIn(browser, browser.nonce), originOf(browser), wrong)
      const opened = await engine()
      const seen: string[] = []
      const watching: KyselyPlugin = {
        transformQuery: ({ node }) => {
          // Every process looks for what others have announced, whenever it is time to.
          if (!JSON.stringify(node).includes('"name":"changes"')) seen.push(node.kind)
          return node
        },
        transformResult: async ({ result }) => result,
      }
      useEngine({ ...opened, sql: opened.sql.withPlugin(watching) })
      try {
        await signIn(browser, null, { at: 'passkey', ...answer })
      } finally {
        useEngine(opened)
      }
      return seen
    }
    const seen = await statements(known.device)
    expect(seen.length).toBeGreaterThan(5)
    expect(await statements(gone.device)).toEqual(seen)
    expect(await statements(suspended.device)).toEqual(seen)
  })
})

describe('a passkey as the second step', () => {
  const afterPassword = async (email: string) => {
    const browser = browserAt(world.strict)
    const { next, attempt } = await signIn(browser, null, { username: email, password })
    expect(next).toBe('/mfa')
    return { browser, attempt: attempt ?? '' }
  }

  const withBoth = async (email: string, { totp = false } = {}) => {
    const somebody = await person({ email, home: world.strict, totp })
    const ref = { homeId: somebody.homeId, personId: somebody.id }
    return { somebody, ...(await givePasskey(ref, browserAt(world.strict), { isVerifying: false })) }
  }

  it('is asked for after the password, with their own passkeys, and one without a PIN will do', async () => {
    const { device, passkey } = await withBoth('second@strict.example')
    const { browser, attempt } = await afterPassword('second@strict.example')
    expect(await view(browser, attempt, 'sign-in')).toMatchObject({
      place: { step: 'passkey', page: '/mfa', isSecond: true },
    })
    const asked = await passkeyForSecondStep(browser, attempt)
    expect(asked.options.allowCredentials?.map(({ id }) => id)).toEqual([passkey.credentialId])
    const answer = brought(device, asked, originOf(browser))
    const { session } = await enter(browser, await secondStep(browser, attempt, answer))
    expect(session.methods).toEqual(['pwd', 'hwk'])
  })

  it('is another way beside the app, answered from its page', async () => {
    const { device } = await withBoth('beside@strict.example', { totp: true })
    const { browser, attempt } = await afterPassword('beside@strict.example')
    const place = (await view(browser, attempt, 'sign-in'))?.place
    expect([place?.step, ...(place?.ways.map(({ step }) => step) ?? [])]).toEqual(
      expect.arrayContaining(['passkey', 'totp']),
    )
    const other = [place, ...(place?.ways ?? [])].find((one) => one?.step === 'passkey')
    const asked = await passkeyForSecondStep(browser, attempt)
    const outcome = await secondStep(browser, attempt, {
      at: other?.at ?? '',
      ...brought(device, asked, originOf(browser)),
    })
    expect(outcome.ticket).toBeDefined()
  })

  it('of somebody else, or of another attempt, is refused; too many tries end the attempt', async () => {
    const { device } = await withBoth('own@strict.example')
    const other = await withBoth('other@strict.example')
    const { browser, attempt } = await afterPassword('own@strict.example')
    const theirs = await afterPassword('other@strict.example')
    const wrong = async (answer: Record<string, string>) => {
      const outcome = await secondStep(browser, attempt, answer)
      expect(outcome.ticket).toBeUndefined()
      return (await failureOf(browser, attempt))?.code
    }
    const asked = async () => ({ ...(await passkeyForSecondStep(browser, attempt)) })
    const anyOf = async () => {
      const { options, challenge } = await asked()
      return { options: { ...options, allowCredentials: [] }, challenge }
    }
    expect(await wrong(brought(other.device, await anyOf(), originOf(browser)))).toBe('passkey.unknown')
    const elsewhere = await passkeyForSecondStep(theirs.browser, theirs.attempt)
    const own = await asked()
    expect(await wrong({ ...brought(device, own, originOf(browser)), challenge: elsewhere.challenge })).toBe(
      'passkey.expired',
    )
    const first = passkeyToSignIn(browser, browser.nonce)
    expect(await wrong(brought(device, first, originOf(browser)))).toBe('passkey.expired')
    for (let guess = 0; guess < 2; guess += 1) {
      expect(await wrong(brought(device, await asked(), originOf(browser), { isPresent: false }))).toBe(
        'passkey.refused',
      )
    }
    const last = await secondStep(browser, attempt, brought(device, await asked(), originOf(browser)))
    expect(last).toMatchObject({ next: '/sign-in' })
    expect(await failureOf(browser, last.attempt)).toMatchObject({ code: 'login.too_many_tries' })
  })

  it('is asked of nobody who has proven nothing, or has none', async () => {
    const browser = browserAt(world.strict)
    await expect(passkeyForSecondStep(browser, null)).rejects.toMatchObject({ code: 'login.expired' })
    const { attempt } = await signIn(browser, null, { username: 'nobody@strict.example', password })
    await expect(passkeyForSecondStep(browser, attempt ?? null)).rejects.toMatchObject({ code: 'login.expired' })
    await person({ email: 'app@strict.example', home: world.strict, totp: true })
    const app = await afterPassword('app@strict.example')
    await expect(passkeyForSecondStep(app.browser, app.attempt)).rejects.toMatchObject({ code: 'login.expired' })
  })
})

it('a use is remembered', async () => {
  const { somebody, device } = await withPasskey(world.own)
  await signInWith(browserAt(world.own), device)
  const [used] = await withOrganization(world.own, (tx) => passkeysOf(tx, somebody.id))
  expect(used?.lastUsedAt).toBeInstanceOf(Date)
})
