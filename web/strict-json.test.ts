import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from './strict-json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const codeOf = (input: Uint8Array | string): string => {
  try {
    readJson(typeof input === 'string' ? bytes(input) : input)
    return 'read'
  } catch (error) {
    return (error as { code: string }).code
  }
}
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

it('reads what JSON can say', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 20 }), (text) => {
      const value = JSON.parse(text)
      const said = JSON.stringify(value)
      if (/\\u0000|\\ud[89a-f]/.test(said)) return
      expect(readJson(bytes(said))).toEqual(value)
    }),
  )
  expect(readJson(bytes(' {"a" : [1, -2.5e3, true, null, "\\u00e9\\n\\/\\"" ] }\r\n'))).toEqual({
    a: [1, -2500, true, null, 'é\n/"'],
  })
})

it('says no more and no less than JSON.parse is able to read', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:0-1e.+ntrufalse\\ \t') }), (text) => {
      const isRead = codeOf(text) === 'read'
      let isJson = true
      try {
        JSON.parse(text)
      } catch {
        isJson = false
      }
      if (isRead) expect(isJson).toBe(true)
      else if (isJson) expect(codeOf(text)).toBe('request.json_repeated_key')
    }),
    { numRuns: 5000 },
  )
})

describe('refuses', () => {
  it.each([
    ['nothing', ''],
    ['NaN', 'NaN'],
    ['an infinite number', '1e999'],
    ['a leading zero', '01'],
    ['a trailing comma', '[1,]'],
    ['single quotes', "{'a':1}"],
    ['comments', '{} // x'],
    ['two values', '{} {}'],
    ['a raw line feed in a text', '"a\nb"'],
    ['a byte order mark', '\ufeff{}'],
    ['NUL', '"\\u0000"'],
    ['half a character', '"\\ud83d"'],
    ['a half in a name', '{"\\udc00": 1}'],
    ['XML', '<a/>'],
    ['a form', 'a=b'],
  ])('%s', (_, text) => expect(codeOf(text)).toBe('request.json_invalid'))

  it('bytes that are no UTF-8', () => {
    expect(codeOf(new Uint8Array([0x22, 0xff, 0x22]))).toBe('request.json_invalid')
    // An overlong slash, and UTF-16.
    expect(codeOf(new Uint8Array([0x22, 0xc0, 0xaf, 0x22]))).toBe('request.json_invalid')
    expect(codeOf(new Uint8Array(Buffer.from('{}', 'utf16le')))).toBe('request.json_invalid')
  })

  it.each([['{"a":1,"a":1}'], ['{"a":1,"\\u0061":2}'], ['[{"x":{"b":1,"b":2}}]'], ['{"__proto__":1,"__proto__":2}']])(
    'a name twice: %s',
    (text) => expect(codeOf(text)).toBe('request.json_repeated_key'),
  )

  it('what is deeper than 32, at once', () => {
    expect(codeOf(nested(32))).toBe('read')
    expect(codeOf(nested(33))).toBe('request.json_too_deep')
    const began = process.cpuUsage()
    expect(codeOf(nested(500_000))).toBe('request.json_too_deep')
    expect(codeOf('['.repeat(1_000_000))).toBe('request.json_too_deep')
    expect(codeOf(`"${'\\u0061'.repeat(40_000)}`)).toBe('request.json_invalid')
    // Work, not waiting for a busy machine.
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(100)
  })
})

it('names that mean something to JavaScript mean nothing here', () => {
  const read = readJson(bytes('{"__proto__": {"isAdmin": true}, "constructor": 1}')) as Record<string, unknown>
  expect(Object.keys(read)).toEqual(['__proto__', 'constructor'])
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  expect(read.isAdmin).toBeUndefined()
})
