// MFA-05: whoever finds an open browser, or has stolen a session, changes nothing about how its owner proves themselves.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { secondStep, signIn } from '#core/login'
import { end, look } from '#core/sessions'
import { minutes, now, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, password, person, type World } from '#support/engine'
import type { AccountContext } from './contract.ts'
import {
  formOfKept,
  freshMs,
  goOnProven,
  keepAnswer,
  proofAsked,
  proveAgain,
  removeTotp,
  requireFresh,
  startTotp,
  takeKept,
} from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

let count = 0
const somebody = (over: Partial<Parameters<typeof person>[0]> = {}) => {
  count += 1
  return person({ email: `fresh${count}@own.example`, home: world.own, ...over })
}
const signedIn = async (organizationId: string, email: string, app?: string) => {
  const ctx = at(organizationId)
  const outcome = await signIn(ctx, null, { username: email, password })
  const whole = app ? await secondStep(ctx, outcome.attempt ?? null, { code: codeOf(app) }) : outcome
  const { secret, session } = await enter(ctx, whole)
  const by = { ...ctx.by, kind: 'person' as const, homeId: session.homeId, personId: session.personId }
  const account: AccountContext = { ...ctx, by, session }
  return { account, secret, session }
}
const refusal = async (act: Promise<unknown>): Promise<string | null> => {
  try {
    await act
    return null
  } catch (error) {
    if (!isFailure(error)) throw error
    return error.field ? `${error.code} ${error.field}` : error.code
  }
}

describe('a fresh proof', () => {
  it('is one of the last ten minutes, to the second', () => {
    const provenAt = now()
    setClockForTests(freshMs - 1000)
    expect(() => requireFresh({ provenAt })).not.toThrow()
    setClockForTests(freshMs + 1000)
    expect(() => requireFresh({ provenAt })).toThrow('account.proof_needed')
    expect(() => requireFresh({ provenAt }, minutes(30))).not.toThrow()
  })

  it('is what an app is set up and removed with, and nothing else', async () => {
    const plain = await signedIn(world.own, (await somebody()).email)
    const { email, totpSecret } = await somebody({ totp: true })
    const secured = await signedIn(world.own, email, totpSecret)
    setClockForTests(freshMs + 1000)
    expect(await refusal(startTotp(plain.account))).toBe('account.proof_needed')
    expect(await refusal(removeTotp(secured.account))).toBe('account.proof_needed')
    const { secret } = await proveAgain(plain.account, { current_password: password })
    const session = await look(world.own, secret)
    expect(session).toMatchObject({ id: plain.session.id, methods: ['pwd'] })
    expect(await refusal(startTotp({ ...plain.account, session: session ?? plain.session }))).toBeNull()
  })

  it('is given with everything that somebody has: the password alone is not enough beside an app', async () => {
    const { email, totpSecret } = await somebody({ totp: true })
    const { account, secret } = await signedIn(world.own, email, totpSecret)
    expect(await proofAsked(account)).toEqual({ password: true, code: true, passkey: false })
    expect(await refusal(proveAgain(account, { current_password: password }))).toBe('input.missing code')
    expect(await refusal(proveAgain(account, { code: codeOf(totpSecret, 1) }))).toBe('input.missing current_password')
    const used = { current_password: password, code: codeOf(totpSecret) }
    expect(await refusal(proveAgain(account, used))).toBe('login.code_used code')
    const wrong = { current_password: 'wrong wrong wrong', code: codeOf(totpSecret, 1) }
    expect(await refusal(proveAgain(account, wrong))).toBe('password.wrong current_password')
    expect(await look(world.own, secret)).not.toBeNull()
    const right = { current_password: password, code: codeOf(totpSecret, 1) }
    const proven = await proveAgain(account, right)
    expect(await look(world.own, secret)).toBeNull()
    expect(await look(world.own, proven.secret)).toMatchObject({ methods: ['pwd', 'otp'] })
  })

  it('cannot be guessed from an open browser', async () => {
    const { account } = await signedIn(world.own, (await somebody()).email)
    for (let guess = 0; guess < 10; guess += 1)
      await refusal(proveAgain(account, { current_password: `guess ${guess}` }))
    expect(await refusal(proveAgain(account, { current_password: password }))).toBe('login.too_many_tries')
  })

  it('is of use in the session it was given in, at one organization, as long as that lives', async () => {
    const { email } = await somebody({ home: world.root, memberOf: [world.mixed] })
    const [here, there] = [await signedIn(world.mixed, email), await signedIn(world.root, email)]
    const elsewhere = { ...there.account, session: here.account.session }
    expect(await refusal(goOnProven(elsewhere, ['hwk']))).toBe('session.unknown')
    expect(await look(world.mixed, here.secret)).toMatchObject({ methods: ['pwd'] })
    const proven = await goOnProven(here.account, ['hwk'])
    expect(await look(world.mixed, proven.secret)).toMatchObject({ methods: ['pwd', 'hwk'] })
    expect(await look(world.root, there.secret)).toMatchObject({ methods: ['pwd'] })
    await withOrganization(world.mixed, (tx) => end(tx, here.account.by, here.session.id, 'test'))
    expect(await refusal(proveAgain(here.account, { current_password: password }))).toBe('session.unknown')
  })
})

describe('an answer that waits for a proof', () => {
  const form = '/account/security/totp'
  const answer = { intent: 'remove', current_password: 'typed and secret' }
  const kept = async () => {
    const { email } = await somebody()
    const mine = await signedIn(world.own, email)
    return { email, mine, id: await keepAnswer(mine.account, { form, answer }) }
  }

  it('is taken once, in the session that it was sent in', async () => {
    const { mine, id } = await kept()
    expect(await formOfKept(mine.account, id)).toBe(form)
    const both = await Promise.all([takeKept(mine.account, id), takeKept(mine.account, id)])
    expect(both.filter((one) => one !== null)).toEqual([{ form, answer }])
    expect(await takeKept(mine.account, id)).toBeNull()
  })

  it('is nothing to another session of the same person, to anybody else, or elsewhere, and stays for its own', async () => {
    const { email, mine, id } = await kept()
    const other = await signedIn(world.own, email)
    const stranger = await signedIn(world.own, (await somebody()).email)
    const borrowed = { ...stranger.account, session: { ...stranger.session, id: mine.session.id } }
    const elsewhere = { ...mine.account, organizationId: world.root }
    for (const account of [other.account, stranger.account, borrowed, elsewhere]) {
      expect(await formOfKept(account, id)).toBeNull()
      expect(await takeKept(account, id)).toBeNull()
    }
    expect(await takeKept(mine.account, id)).toEqual({ form, answer })
  })

  it('is over after ten minutes', async () => {
    const { mine, id } = await kept()
    setClockForTests(minutes(10) + 1000)
    expect(await takeKept(mine.account, id)).toBeNull()
  })

  it('lies sealed in the table', async () => {
    await kept()
    type Tables = { notes: { content: Buffer } }
    const rows = await withOrganization(world.own, (tx) =>
      tx.sql.withTables<Tables>().selectFrom('notes').select('content').execute(),
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { content } of rows) expect(content.toString('latin1')).not.toContain('typed and secret')
  })
})
