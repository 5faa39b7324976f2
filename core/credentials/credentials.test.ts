import { Secret, TOTP } from 'otpauth'
import { afterEach, describe, expect, it } from 'vitest'
import { now, setClockForTests } from '#platform/clock'
import { isFailure } from '#platform/failure'
import type { PasswordContext } from './contract.ts'
import { hashesDone, hashPassword, isOutdated, verifyPassword } from './hashing.ts'
import { checkNewPassword, minimumLength } from './rules.ts'
import { enrolmentOf, matchingStep, newTotpSecret, tidyCode } from './totp.ts'

const context: PasswordContext = {
  minimum: 15,
  organizationName: 'Alpine Air',
  organizationHandle: 'alpine',
  email: 'ada.keller@alpine.example',
  givenName: 'Ada',
  familyName: 'Keller',
}

const refusal = (password: string, over: Partial<PasswordContext> = {}): string | null => {
  try {
    checkNewPassword(password, { ...context, ...over }, 'password')
    return null
  } catch (error) {
    return isFailure(error) && error.field === 'password' ? error.code : 'thrown'
  }
}

describe('a new password', () => {
  it.each([
    'correct horse battery staple',
    'gravy-unlatch-wobble-sprint',
    'ein langes Losungswort, mit Leerzeichen',
    'пароль из нескольких слов',
    '🦊🐙🦀🐢🦩🐝🦔🐧🦉🐌🦋🐡🐺🦕🦜',
  ])('may be %s', (password) => expect(refusal(password)).toBeNull())

  it.each([
    ['fourteen chars', 'password.too_short'],
    ['🦊🐙🦀🐢🦩🐝🦔🐧🦉🐌🦋🐡🐺🦕', 'password.too_short'],
    ['x'.repeat(1025), 'password.too_long'],
    ['🦊'.repeat(257), 'password.too_long'],
    ['aaaaaaaaaaaaaaaaaaaa', 'password.too_common'],
    ['abababababababababab', 'password.too_common'],
    ['123456789012345678', 'password.too_common'],
    ['abcdefghijklmnopq', 'password.too_common'],
    ['passwordpassword', 'password.too_common'],
    ['Password-Password', 'password.too_common'],
    ['password12345678', 'password.too_common'],
    ['qwertyuiopasdfghjkl', 'password.too_common'],
    ['my alpine air winter', 'password.contains_name'],
    ['I am ada.keller forever', 'password.contains_name'],
    ['Mrs Keller goes skiing', 'password.contains_name'],
  ])('%s is refused with %s', (password, code) => expect(refusal(password)).toBe(code))

  it('may have eight characters where a second step is asked for, and no common ones', () => {
    expect([minimumLength(true), minimumLength(false)]).toEqual([8, 15])
    expect(refusal('kx7?vuop', { minimum: 8 })).toBeNull()
    expect(refusal('kx7?vuo', { minimum: 8 })).toBe('password.too_short')
    expect(refusal('sunshine', { minimum: 8 })).toBe('password.too_common')
  })
})

describe('hashing', () => {
  it('keeps argon2id at the wanted parameters and knows the password again', async () => {
    const kept = await hashPassword('correct horse battery staple')
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(isOutdated(kept)).toBe(false)
    expect(isOutdated('$argon2id$v=19$m=4096,t=1,p=1$c2FsdHNhbHQ$aGFzaA')).toBe(true)
    expect(await verifyPassword(kept, 'correct horse battery staple')).toBe(true)
    expect(await verifyPassword(kept, 'correct horse battery stapler')).toBe(false)
  })

  it('folds compatibility forms, so that every keyboard types the same password', async () => {
    const kept = await hashPassword('ﬁne Ångström passphrase')
    expect(await verifyPassword(kept, 'fine Ångström passphrase')).toBe(true)
  })

  it('does the same work for nobody, and the answer is no', async () => {
    const before = hashesDone()
    expect(await verifyPassword(null, 'whatever it is')).toBe(false)
    expect(hashesDone() - before).toBe(1)
  })

  it('refuses what comes when the queue is full, and serves everybody who waits', async () => {
    const settled = await Promise.allSettled(Array.from({ length: 260 }, () => verifyPassword(null, 'x')))
    const refused = settled.filter((one) => one.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every(({ reason }) => isFailure(reason, 'busy'))).toBe(true)
    expect(settled.length - refused.length).toBeGreaterThanOrEqual(201)
    expect(await verifyPassword(null, 'x')).toBe(false)
  }, 60_000)
})

describe('an authenticator app', () => {
  afterEach(() => setClockForTests(0))
  const secret = newTotpSecret()
  const at = (offSeconds: number) =>
    TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now().getTime() + offSeconds * 1000 })

  it('is told everything it needs', () => {
    const { uri, qr } = enrolmentOf(secret, 'Alpine: Air', 'ada@alpine.example')
    expect(uri).toMatch(/^otpauth:\/\/totp\//)
    expect(new URL(uri).searchParams.get('secret')).toBe(secret)
    expect(new URL(uri).searchParams.get('issuer')).toBe('Alpine  Air')
    expect(qr).toMatch(/^<svg/)
    expect(secret).toHaveLength(32)
  })

  it('is believed one step early and one step late, and no more', () => {
    const step = Math.floor(now().getTime() / 30_000)
    expect([at(-30), at(0), at(30)].map((code) => matchingStep(secret, code))).toEqual([step - 1, step, step + 1])
    expect(matchingStep(secret, at(-90))).toBeNull()
    expect(matchingStep(secret, at(90))).toBeNull()
    setClockForTests(3_600_000)
    expect(matchingStep(secret, at(0))).toBe(Math.floor(now().getTime() / 30_000))
  })

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('%j is no code', (code) =>
    expect(matchingStep(secret, code)).toBeNull(),
  )

  it('takes codes typed in groups', () => expect(tidyCode('123 456')).toBe('123456'))
})
