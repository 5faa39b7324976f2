import { describe, expect, it } from 'vitest'
import type { Factors, Passkey } from '#core/credentials/contract'
import { isFailure } from '#platform/failure'
import { requireEnough, secondSteps, waysIn } from './enough.ts'

const passkey = (over: Partial<Passkey> = {}): Passkey => ({
  id: 'pky_1',
  personId: 'per_1',
  credentialId: 'x',
  rpId: 'localhost',
  name: null,
  authenticator: null,
  aaguid: null,
  transports: [],
  deviceType: 'multi',
  isSynced: true,
  isVerified: true,
  addedAt: new Date(0),
  lastUsedAt: null,
  ...over,
})
const password = { changedAt: new Date(0), mustChange: false }
const totp = { name: null, addedAt: new Date(0), lastUsedAt: null }
const phone = { id: 'pho_1', number: '+41795550142', verifiedAt: new Date(0), lastUsedAt: null }
const having = (over: Partial<Factors>): Factors => ({
  password: null,
  passkeys: [],
  totp: null,
  phones: [],
  recoveryCodesLeft: 0,
  ...over,
})

const outcome = (before: Partial<Factors>, after: Partial<Factors>, isRequired = false): string => {
  try {
    requireEnough(having(before), having(after), isRequired)
    return 'done'
  } catch (error) {
    return isFailure(error) ? error.code : String(error)
  }
}

describe('what remains is enough', () => {
  it.each([
    ['the only passkey of somebody without a password', { passkeys: [passkey()] }, {}, 'account.last_way'],
    ['the only passkey beside a password', { passkeys: [passkey()], password }, { password }, 'done'],
    ['one of two passkeys', { passkeys: [passkey(), passkey()] }, { passkeys: [passkey()] }, 'done'],
    ['an app, where there is nothing else', { totp }, {}, 'done'],
    ['the app beside a password', { password, totp }, { password }, 'done'],
  ])('where nothing is required: %s', (_, before, after, expected) => {
    expect(outcome(before, after)).toBe(expected)
  })

  it.each([
    ['the only second step', { password, totp }, { password }, 'second_step.required'],
    ['the app beside a phone', { password, totp, phones: [phone] }, { password, phones: [phone] }, 'done'],
    ['the phone beside an app', { password, totp, phones: [phone] }, { password, totp }, 'done'],
    [
      'the app beside a passkey',
      { password, totp, passkeys: [passkey()] },
      { password, passkeys: [passkey()] },
      'done',
    ],
    [
      'the app beside a passkey that asks for a touch alone',
      { password, totp, passkeys: [passkey({ isVerified: false })] },
      { password, passkeys: [passkey({ isVerified: false })] },
      'second_step.required',
    ],
    ['something of somebody who had no second step', { password, passkeys: [] }, { password }, 'done'],
  ])('where a second step is required: %s', (_, before, after, expected) => {
    expect(outcome(before, after, true)).toBe(expected)
  })

  it('counts each passkey, and codes on paper as nothing', () => {
    expect(waysIn(having({ password, passkeys: [passkey(), passkey()] }))).toBe(3)
    expect(waysIn(having({ recoveryCodesLeft: 10, totp }))).toBe(0)
    expect(secondSteps(having({ recoveryCodesLeft: 10, password }))).toBe(0)
    expect(secondSteps(having({ totp, phones: [phone], passkeys: [passkey()] }))).toBe(3)
  })
})
