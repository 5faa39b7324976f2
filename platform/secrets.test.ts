import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSettings } from './env.ts'
import { isFailure } from './failure.ts'
import { forgetProcessState, processState } from './process.ts'
import { hashSecret, keyedHash, newSecret, sameBytes, seal, shortCode, unseal } from './secrets.ts'

const withSecret = (secret: string) => {
  forgetProcessState('settings')
  processState('settings', () => loadSettings({ ...process.env, LIVERY_SECRET: secret }))
}
const mine = 'a'.repeat(32)
const others = 'b'.repeat(32)
beforeEach(() => withSecret(mine))
afterEach(() => forgetProcessState('settings'))

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'nothing was thrown'
  } catch (error) {
    return isFailure(error) ? error.code : String(error)
  }
}

describe('what is sealed', () => {
  it('is opened by the same purpose under the same secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, purpose) => {
        expect(unseal(purpose, seal(purpose, plain))).toBe(plain)
      }),
    )
  })

  it('never reads the same twice, and does not show what is in it', () => {
    const [one, two] = [seal('x', 'words'), seal('x', 'words')]
    expect(one.equals(two)).toBe(false)
    expect(one.includes('words')).toBe(false)
  })

  it('is worth nothing for another purpose', () => {
    expect(codeOf(() => unseal('y', seal('x', 'words')))).toBe('secrets.unreadable')
  })

  it('is worth nothing under another secret', () => {
    const sealed = seal('x', 'words')
    withSecret(others)
    expect(codeOf(() => unseal('x', sealed))).toBe('secrets.unreadable')
  })

  it('is refused when any bit of it was changed, or any byte is missing', () => {
    const sealed = seal('x', 'words')
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const bent = Buffer.from(sealed)
      bent.writeUInt8(bent.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect([bit, codeOf(() => unseal('x', bent))]).toEqual([bit, 'secrets.unreadable'])
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(codeOf(() => unseal('x', sealed.subarray(0, length)))).toBe('secrets.unreadable')
    }
  })
})

describe('hashes', () => {
  it('with a key depend on the purpose and on the secret', () => {
    const hash = keyedHash('x', 'value')
    expect(hash.equals(keyedHash('x', 'value'))).toBe(true)
    expect(hash.equals(keyedHash('y', 'value'))).toBe(false)
    withSecret(others)
    expect(hash.equals(keyedHash('x', 'value'))).toBe(false)
  })

  it('of a random secret do not depend on the secret of the house, so that links outlive a change of it', () => {
    const hash = hashSecret('value')
    withSecret(others)
    expect(hash.equals(hashSecret('value'))).toBe(true)
  })

  it('are compared whole', () => {
    const hash = hashSecret('value')
    expect(sameBytes(hash, Buffer.from(hash))).toBe(true)
    expect(sameBytes(hash, hash.subarray(1))).toBe(false)
    expect(sameBytes(hash, hashSecret('Value'))).toBe(false)
    expect(sameBytes(Buffer.alloc(0), hash)).toBe(false)
  })
})

it('a new secret has 256 bits and is never given out twice', () => {
  const secrets = Array.from({ length: 1000 }, () => newSecret())
  expect(new Set(secrets).size).toBe(1000)
  for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
})

it('a short code has six digits, spreads over all of them, and belongs to its link', () => {
  const codes = Array.from({ length: 2000 }, (_, index) => shortCode('x', `secret ${index}`))
  for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  expect(new Set(codes).size).toBeGreaterThan(1980)
  expect(new Set(codes.map((code) => code[0])).size).toBe(10)
  expect(shortCode('x', 'secret 1')).toBe(codes[1])
  expect(shortCode('y', 'secret 1')).not.toBe(codes[1])
})
