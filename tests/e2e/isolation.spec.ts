// A session is of one browser at one organization. Anywhere else it is worth nothing, and it ends when its owner says so.

import { expect, test } from '@playwright/test'
import { Caller, type Member, newMember } from './support/caller.ts'
import { screenOf } from './support/html.ts'
import type { Reply } from './support/raw.ts'
import { addressesOf, addressIn, formsOf, handles } from './support/world.ts'

const sessionName = (handle: string): string => `__Host-${handle}`

const sessionOf = ({ caller }: Member): string => caller.jar.get(sessionName(caller.address.handle)) ?? ''

const isNobody = async (caller: Caller): Promise<void> => {
  expect(await caller.whoIsSignedIn()).toBe('')
  const { status, headers } = await caller.see('/account')
  expect([303, 307]).toContain(status)
  expect(headers.location).toBe(`${caller.address.base}/sign-in`)
}

test.describe('a session of one organization is worth nothing at another:', () => {
  for (const from of handles) {
    for (const to of handles.filter((handle) => handle !== from)) {
      test(`${from} → ${to}`, async () => {
        const member = await newMember(addressIn(from))
        const secret = sessionOf(member)
        expect(secret.length).toBeGreaterThan(30)
        for (const there of addressesOf(to)) {
          // As a browser sends it on a host that both share; and as somebody sends it who means harm.
          for (const name of [sessionName(from), sessionName(to), from, to, `${sessionName(to)}.0`]) {
            const caller = new Caller(there)
            caller.jar.set(name, secret)
            await isNobody(caller)
          }
          const both = new Caller(there)
          for (const [name, value] of member.caller.jar) both.jar.set(name.replace(from, to), value)
          both.jar.set(sessionName(from), secret)
          await isNobody(both)
        }
        expect(await member.caller.whoIsSignedIn()).toBe(member.email)
      })
    }
  }
})

test('an attempt of one organization goes on nowhere else', async () => {
  const here = await newMember(addressIn('pacifica', 'path'))
  const asked = new Caller(addressIn('pacifica', 'path'))
  await asked.answer('/sign-in', { username: here.email, password: here.password })
  const attempt = asked.jar.get('__Host-pacifica-attempt') ?? ''
  expect(attempt.length).toBeGreaterThan(30)
  const code = (await here.app?.nextCode()) ?? ''
  for (const handle of ['alpine', 'pacifica-lisbon', 'skyway']) {
    const there = new Caller(addressIn(handle))
    there.jar.set(`__Host-${handle}-attempt`, attempt)
    const { status, headers } = await there.see('/mfa')
    expect([status, headers.location]).toEqual([307, `${there.address.base}/sign-in`])
    const answered = await there.answer('/mfa', { intent: 'challenge', code })
    expect(answered.headers.location).toBe(`${there.address.base}/sign-in`)
    expect(await there.whoIsSignedIn()).toBe('')
  }
  // The code was as good as new.
  await asked.answer('/mfa', { intent: 'challenge', code })
  expect(await asked.whoIsSignedIn()).toBe(here.email)
})

test('where an organization has several addresses on several hosts, somebody is signed in at the one they met', async () => {
  const [path, ...others] = addressesOf('alpine')
  if (!path) throw new Error('alpine has no address')
  const member = await newMember(path)
  for (const other of others) {
    // No browser would send it to another host; the cookie belongs to one host alone.
    expect(await new Caller(other).whoIsSignedIn()).toBe('')
  }
  for (const line of (await member.caller.answer('/sign-in', { username: member.email, password: member.password }))
    .cookies)
    expect(line).not.toMatch(/domain=/i)
})

test('somebody without rights elsewhere cannot sign in there with their password', async () => {
  const member = await newMember(addressIn('pacifica-lisbon', 'name'))
  for (const handle of handles.filter((one) => one !== 'pacifica-lisbon')) {
    const caller = new Caller(addressIn(handle))
    const { body } = await caller.signIn(member.email, member.password)
    expect(screenOf(body)).toBe('sign-in')
    expect(await caller.whoIsSignedIn()).toBe('')
  }
})

/** Name, value and attributes of a cookie, as a browser reads them. */
const cookieIn = (reply: Reply, name: string) => {
  const line = reply.cookies.find((one) => one.startsWith(`${name}=`)) ?? ''
  const [pair = '', ...attributes] = line.split('; ')
  return { value: pair.slice(name.length + 1), attributes: attributes.map((one) => one.toLowerCase()) }
}

test.describe('cookies', () => {
  for (const handle of handles) {
    for (const form of formsOf(handle)) {
      test(`of ${handle} by its ${form} are read by no script, sent to no other site, and bound to the host`, async () => {
        const address = addressIn(handle, form)
        const { email, password, app } = await newMember(address)
        const caller = new Caller(address)
        const wrong = await caller.answer('/sign-in', { username: email, password: 'not the password' })
        const attempt = cookieIn(wrong, `${sessionName(handle)}-attempt`)
        const right = await caller.answer('/sign-in', { username: email, password })
        const entered = app ? await caller.answer('/mfa', { intent: 'challenge', code: await app.nextCode() }) : right
        const session = cookieIn(entered, sessionName(handle))
        for (const { value, attributes } of [attempt, session]) {
          // 256 bits, and nothing in it that means anything.
          expect(value).toMatch(/^[A-Za-z0-9_-]{43}$/)
          for (const wanted of ['path=/', 'httponly', 'secure', 'samesite=lax']) expect(attributes).toContain(wanted)
          expect(attributes.filter((one) => one.startsWith('domain'))).toEqual([])
          expect(attributes.some((one) => /^max-age=\d+$/.test(one))).toBe(true)
        }
      })
    }
  }

  test('are set for nobody who only looks', async () => {
    for (const handle of handles) {
      for (const path of [
        '/',
        '/sign-in',
        '/sign-up',
        '/recover',
        '/reset',
        '/verify',
        '/invitation',
        '/start',
        '/mfa',
        '/sign-out',
        '/account',
      ]) {
        const { cookies } = await new Caller(addressIn(handle)).see(path)
        expect([handle, path, cookies]).toEqual([handle, path, []])
      }
    }
  })
})

test.describe('nobody is led into a session that somebody else knows:', () => {
  const planted = 'planted-planted-planted-planted-planted-pla'

  test('a session that was planted is replaced', async () => {
    const { email, password } = await newMember(addressIn('alpine', 'name'))
    const caller = new Caller(addressIn('alpine', 'name'))
    caller.jar.set('__Host-alpine', planted)
    await caller.answer('/sign-in', { username: email, password })
    const secret = caller.jar.get('__Host-alpine')
    expect(secret).not.toBe(planted)
    expect(await caller.whoIsSignedIn()).toBe(email)
    const thief = new Caller(addressIn('alpine', 'name'))
    thief.jar.set('__Host-alpine', planted)
    await isNobody(thief)
  })

  test('a session of the attacker’s own ends when its victim signs in over it', async () => {
    const thief = await newMember(addressIn('alpine', 'name'))
    const { email, password } = await newMember(addressIn('alpine', 'name'))
    const victim = new Caller(addressIn('alpine', 'name'))
    victim.jar.set('__Host-alpine', sessionOf(thief))
    await victim.answer('/sign-in', { username: email, password })
    expect(await victim.whoIsSignedIn()).toBe(email)
    expect(victim.jar.get('__Host-alpine')).not.toBe(sessionOf(thief))
    await isNobody(thief.caller)
  })

  test('an attempt that was planted moves on under another secret', async () => {
    const { email, password, app } = await newMember(addressIn('pacifica', 'name'))
    const thief = new Caller(addressIn('pacifica', 'name'))
    await thief.answer('/sign-in', { username: email, password: 'not the password' })
    const known = thief.jar.get('__Host-pacifica-attempt') ?? ''
    const victim = new Caller(addressIn('pacifica', 'name'))
    victim.jar.set('__Host-pacifica-attempt', known)
    await victim.answer('/sign-in', { username: email, password })
    expect(victim.jar.get('__Host-pacifica-attempt')).not.toBe(known)
    const { headers } = await thief.see('/mfa')
    expect(headers.location).toBe('/sign-in')
    await thief.answer('/mfa', { intent: 'challenge', code: (await app?.nextCode()) ?? '' })
    await isNobody(thief)
  })

  test('every sign-in has a secret of its own', async () => {
    const { email, password } = await newMember(addressIn('alpine', 'name'))
    const secrets = new Set<string>()
    for (let round = 0; round < 3; round += 1) {
      const caller = new Caller(addressIn('alpine', 'name'))
      await caller.answer('/sign-in', { username: email, password })
      secrets.add(caller.jar.get('__Host-alpine') ?? '')
    }
    expect(secrets.size).toBe(3)
    expect(secrets.has('')).toBe(false)
  })
})

test.describe('a session ends at once:', () => {
  const twice = async (handle: string): Promise<[Member, Caller]> => {
    const member = await newMember(addressIn(handle))
    const other = new Caller(addressIn(handle))
    await other.signIn(member.email, member.password, member.app ?? undefined)
    expect(await other.whoIsSignedIn()).toBe(member.email)
    return [member, other]
  }

  /** What a thief has who copied the cookie in time. */
  const copyOf = ({ caller }: Pick<Member, 'caller'>): Caller => {
    const copy = new Caller(caller.address)
    for (const [name, value] of caller.jar) copy.jar.set(name, value)
    return copy
  }

  test('where somebody signs out, for whoever has a copy of the cookie as well', async () => {
    const [member, other] = await twice('alpine')
    const copy = copyOf(member)
    const reply = await member.caller.answer('/sign-out', {})
    expect(cookieIn(reply, '__Host-alpine').attributes).toContain('max-age=0')
    await isNobody(copy)
    await isNobody(member.caller)
    // The other browser was not asked.
    expect(await other.whoIsSignedIn()).toBe(member.email)
  })

  test('everywhere else, when the password is changed', async () => {
    const [member, other] = await twice('sahel')
    const copy = copyOf({ caller: other })
    const wanted = `${member.password} anew`
    await member.caller.answer('/account/security/password', {
      current_password: member.password,
      new_password: wanted,
    })
    await isNobody(other)
    await isNobody(copy)
    expect(await member.caller.whoIsSignedIn()).toBe(member.email)
  })

  test('at every organization that somebody belongs to', async () => {
    // Whoever signs up at Sahel lives at Skyway, and may sign in there with the same account.
    const atSahel = await newMember(addressIn('sahel', 'name'))
    const { email, password } = atSahel
    const atSkyway = new Caller(addressIn('skyway'))
    await atSkyway.signIn(email, password)
    expect(await atSkyway.whoIsSignedIn()).toBe(email)

    await atSahel.caller.answer('/account/security/password', {
      current_password: password,
      new_password: `${password} anew`,
    })
    await isNobody(atSkyway)
    expect(await atSahel.caller.whoIsSignedIn()).toBe(email)
  })
})
