import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureOf } from './answers.ts'
import { identifiersOf } from './contract.ts'
import { chosenUsername, identifierOf } from './identifiers.ts'
import { readUsername, reservedUsernames, usernameKey } from './usernames.ts'

const codeOf = (typed: string): string | null => {
  try {
    readUsername(typed)
    return null
  } catch (error) {
    return failureOf(error).code
  }
}

describe('a username', () => {
  it.each([
    ['ada', 'ada'],
    ['Ada.Keller', 'ada.keller'],
    ['ada_k-42', 'ada_k-42'],
    ['4ever', '4ever'],
    ['Zoë', 'zoë'],
    ['Straße', 'strasse'],
    ['ŁUKASZ', 'łukasz'],
    ['ΣΩΚΡΆΤΗΣ', 'σωκράτης'],
    ['Юлия', 'юлия'],
    ['يارا', 'يارا'],
    ['דנה', null],
    ['देवी', null],
    ['さくら花', null],
    ['김철수', null],
    ['नमस्ते1', null],
    ['a'.repeat(40), null],
  ])('may be %s, and is compared as %s', (typed, key) => {
    const read = readUsername(typed)
    expect(read?.username).toBe(typed.normalize('NFC'))
    if (key !== null) expect(read?.key).toBe(key)
  })

  it('may be none', () => expect(readUsername('')).toBeNull())

  it.each([
    ['too short', 'ab'],
    ['too long', 'a'.repeat(41)],
    ['an address', 'ada@alpine.example'],
    ['nothing but digits', '12345'],
    ['a number as people write it', '12-34.56'],
    ['a space', 'ada keller'],
    ['a sign in front', '-ada'],
    ['a formula', '=ada'],
    ['a plus', '+ada'],
    ['a slash', 'ada/keller'],
    ['markup', '<b>ada</b>'],
    ['an emoji', 'ada🦊'],
    ['a NUL', 'ada\u0000'],
    ['a line break', 'ada\nkeller'],
    ['a zero-width space', 'a\u200bda'],
    ['a zero-width joiner', 'a\u200dda'],
    ['a soft hyphen', 'a\u00adda'],
    ['a right-to-left override', 'a\u202eda'],
    ['a filler that is drawn as nothing', 'ada\u3164'],
    ['full-width letters', 'ａｄａ'],
    ['letters of mathematics', '𝐚𝐝𝐚'],
    ['a long s', 'ſam1'],
    ['the Kelvin sign, as it is typed', '\u212Aelvin\uff0e'],
    ['a Cyrillic letter among Latin ones', 'аda'],
    ['a Greek letter among Latin ones', 'adα'],
    ['a Latin letter among Cyrillic ones', 'юлиa'],
    ['a letter of a phonetic alphabet', 'ɑda'],
    ['a click that is drawn as an l', 'aǀda'],
    ['Cyrillic letters that are drawn as Latin ones', 'сосо'],
    ['Greek letters that are drawn as Latin ones', 'νοκ'],
    ['a mark that stands on nothing of its own', 'x\u0302\u0302ada'],
    ['a mark in front', '\u0301ada'],
    ['digits of another script', '٣٤٥ada'],
    ['two scripts', 'adaさくら'],
    ['a dotted capital I, which has two characters in lower case', 'İpek'],
  ])('is not %s', (_what, typed) => expect(codeOf(typed)).toBe('username.invalid'))

  it.each(['admin', 'ADMIN', 'Root', 'Support', 'no-reply', 'No_Reply', 'ad.min', 's.u.p.p.o.r.t'])(
    'is not %s, which sounds official',
    (typed) => expect(codeOf(typed)).toBe('username.reserved'),
  )

  it('is reserved in the form in which it is compared', () => {
    for (const name of reservedUsernames) expect(usernameKey(name)).toBe(name)
  })

  it.each([
    ['case', 'ADA', 'ada'],
    ['a sharp s', 'straße', 'STRASSE'],
    ['a capital sharp s', 'STRAẞE', 'strasse'],
    ['a final sigma', 'σωκρατης', 'ΣΩΚΡΑΤΗΣ'],
    ['a dotless i', 'dıan', 'dian'],
    ['a long s', 'ſam', 'sam'],
    ['a Kelvin sign', '\u212Aelvin', 'kelvin'],
    ['a composed letter', 'zoe\u0308', 'zoë'],
    ['full-width letters', 'ａｄａ', 'ada'],
    ['a ligature', 'eﬃcient', 'efficient'],
  ])('is one whatever its %s', (_what, one, other) => expect(usernameKey(one)).toBe(usernameKey(other)))

  it('has one form that is compared, which is its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        if (codeOf(typed) !== null || typed === '') return
        const key = usernameKey(typed)
        expect(usernameKey(key)).toBe(key)
        expect(key).not.toContain('@')
      }),
    )
  })
})

describe('what was typed', () => {
  const all = ['email', 'phone', 'username'] as const
  it.each([
    ['ada@alpine.example', { kind: 'email', key: 'ada@alpine.example' }],
    [' Ada@Alpine.Example ', { kind: 'email', key: 'ada@alpine.example' }],
    ['ada@', null],
    ['@ada', null],
    ['+41 79 555 01 42', { kind: 'phone', key: '+41795550142' }],
    ['0041 79 555 01 42', { kind: 'phone', key: '+41795550142' }],
    ['+41 (79) 555-01-42', { kind: 'phone', key: '+41795550142' }],
    ['079 555 01 42', null],
    ['12345', null],
    ['+', { kind: 'username', key: '+' }],
    ['Ada', { kind: 'username', key: 'ada' }],
    ['4ever', { kind: 'username', key: '4ever' }],
    ['+41 ada', { kind: 'username', key: '+41 ada' }],
    ['STRASSE', { kind: 'username', key: 'strasse' }],
    ['', null],
    ['   ', null],
    ['ada\u0000', null],
    ['a'.repeat(255), null],
  ])('%j means %j where everything is allowed', (typed, expected) => expect(identifierOf(typed, all)).toEqual(expected))

  it.each([
    ['ada@alpine.example', ['username'], null],
    ['+41 79 555 01 42', ['email', 'username'], null],
    ['ada', ['email', 'phone'], null],
    ['ada', [], null],
  ] as const)('%j means nothing where only %j are allowed', (typed, allowed, expected) =>
    expect(identifierOf(typed, allowed)).toBe(expected),
  )

  it('is an address alone where an organization says nothing', () => {
    expect(identifiersOf({ handle: 'alpine' })).toEqual(['email'])
    expect(identifiersOf({ handle: 'alpine', security: { identifiers: ['username'] } })).toEqual(['username'])
  })

  it.each([
    ['Ada', ['email', 'username'], 'Ada'],
    ['', ['email', 'username'], null],
    ['', ['email'], null],
    ['Ada', ['email'], 'username.not_used'],
    ['', ['username'], 'input.missing'],
    ['ab', ['username'], 'username.invalid'],
  ] as const)('%j becomes, where %j are allowed, the username %j', (typed, identifiers, expected) => {
    const choose = () => {
      try {
        return chosenUsername(typed, { handle: 'alpine', security: { identifiers } })
      } catch (error) {
        return failureOf(error).code
      }
    }
    expect(choose()).toBe(expected)
  })

  it('never makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const found = identifierOf(typed, all)
        expect(found === null || found.key !== '').toBe(true)
      }),
    )
  })
})
