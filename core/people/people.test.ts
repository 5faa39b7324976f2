import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureOf, readAnswer, shownAgain } from './answers.ts'
import { canonicalEmail, maskedEmail } from './email.ts'
import { chosenLocale, fields, personName, phoneNumber } from './rules.ts'

const codeOf = (act: () => unknown): string | null => {
  try {
    act()
    return null
  } catch (error) {
    return failureOf(error).code
  }
}

describe('an email address', () => {
  it.each([
    ['ada@alpine.example', 'ada@alpine.example'],
    ['Ada.Keller+news@Alpine.Example', 'ada.keller+news@alpine.example'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%s is compared, kept and mailed as %s', (typed, canonical) => expect(canonicalEmail(typed)).toBe(canonical))

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@localhost',
    'ada@example',
    'ada@example.com.',
    'ada@.example.com',
    'ada@exa mple.com',
    'ada@-example.com',
    'ada@[192.0.2.1]',
    'ada@192.0.2.1',
    'a..b@example.com',
    '.a@example.com',
    'a.@example.com',
    '"ada"@example.com',
    '"ada@evil.test x"@example.com',
    'ada(comment)@example.com',
    '<ada@example.com>',
    'Ada <ada@example.com>',
    'ada@example.com,eve@example.com',
    'ada@example.com;eve@example.com',
    'ada@example.com eve@example.com',
    '@relay.example:ada@example.com',
    'ada%evil.test@example.com@',
    'ada＠example.com',
    'ａda@example.com',
    'ad\u0131@example.com',
    'ada@\u212Aelvin.example',
    'ada@example.com\r\nBcc: eve@example.com',
    'ada\u0000@example.com',
    'ada@exam\u200bple.com',
    'adа@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a'.repeat(64)}.example`,
    `ada@${'a.'.repeat(130)}com`,
  ])('%j is none', (typed) => expect(canonicalEmail(typed)).toBeNull())

  it('has one canonical form, which is its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary', maxLength: 300 })), (typed) => {
        const canonical = canonicalEmail(typed)
        if (canonical === null) return
        expect(canonicalEmail(canonical)).toBe(canonical)
        expect(canonical).toMatch(/^[\x21-\x7e]+$/)
      }),
    )
  })

  it('is recognised when it is masked, and not learnt', () => {
    expect(maskedEmail('ada.keller@alpine.example')).toBe('a••••••@a•••••.example')
    expect(maskedEmail('a@b.co.example')).toBe('a••@b••.c••.example')
  })
})

describe('a name', () => {
  it.each(['Ada', 'Anne-Marie', "O'Neil", 'J. R. R.', 'St.Claire', 'يارا', 'Nguyễn Văn', '李', 'Zoë  Ann'])(
    'may be %s',
    (name) => expect(codeOf(() => personName(name, 'given_name'))).toBeNull(),
  )
  it.each([
    ['', 'name.required'],
    ['🦊', 'name.invalid'],
    ['http://evil.test', 'name.invalid'],
    ['Win now at evil.test', 'name.invalid'],
    ['www.evil', 'name.invalid'],
    ['<b>Ada</b>', 'name.invalid'],
    ['ada@example.com', 'name.invalid'],
    ['{{password}}', 'name.invalid'],
    ['12345', 'name.invalid'],
    ['--', 'name.invalid'],
  ])('%j is refused with %s', (name, code) => expect(codeOf(() => personName(name, 'given_name'))).toBe(code))
})

describe('a phone number', () => {
  it.each([
    ['', null],
    ['+41 79 555 01 42', '+41795550142'],
    ['0041 79 555 01 42', '+41795550142'],
    ['+1 (212) 555-0142', '+12125550142'],
  ])('%j is kept as %s', (typed, kept) => expect(phoneNumber(typed)).toBe(kept))
  it.each(['079 555 01 42', '+41', '+999 123', 'call me', '+41 79 555 01 42 ext. 5', '+4179555014255555555'])(
    '%j is refused',
    (typed) => expect(codeOf(() => phoneNumber(typed))).toBe('phone.invalid'),
  )
})

describe('a language', () => {
  it('is one that is offered, or none', () => {
    expect(chosenLocale('de', ['en', 'de'])).toBe('de')
    expect(chosenLocale('', ['en'])).toBeNull()
    expect(codeOf(() => chosenLocale('fr', ['en']))).toBe('locale.invalid')
  })
})

describe('the answer to a form', () => {
  const rules = {
    given_name: fields.given_name,
    email: fields.email,
    password: { max: 20, secret: true, verbatim: true },
  } as const
  const good = { given_name: ' Ada ', email: 'ada@alpine.example', password: ' with spaces ' }

  it('is read without the spaces around it, secrets as they are', () => {
    expect(readAnswer(good, rules)).toEqual({
      given_name: 'Ada',
      email: 'ada@alpine.example',
      password: ' with spaces ',
    })
  })

  it.each([
    ['a field that is missing', { email: undefined }, 'input.missing', 'email'],
    ['a field with spaces only', { email: '   ' }, 'input.missing', 'email'],
    ['a field sent twice', { email: ['ada@alpine.example', 'eve@alpine.example'] }, 'input.invalid', 'email'],
    ['a megabyte', { given_name: 'a'.repeat(1_000_000) }, 'input.too_long', 'given_name'],
    ['one character too many', { given_name: 'a'.repeat(81) }, 'input.too_long', 'given_name'],
    ['a control character', { given_name: 'A\u0007da' }, 'input.control_characters', 'given_name'],
    ['a line break', { given_name: 'Ada\nBcc: eve' }, 'input.control_characters', 'given_name'],
    ['a right-to-left override', { given_name: 'A\u202eda' }, 'input.control_characters', 'given_name'],
    ['an isolate', { given_name: 'A\u2066da' }, 'input.control_characters', 'given_name'],
    ['half a character', { given_name: 'A\ud83d' }, 'input.control_characters', 'given_name'],
    ['what was no character', { given_name: 'A\ufffdda' }, 'input.control_characters', 'given_name'],
    ['a NUL in a secret', { password: 'a\u0000b' }, 'input.control_characters', 'password'],
    ['a secret too long', { password: 'x'.repeat(21) }, 'input.too_long', 'password'],
  ])('is refused for %s', (_name, change, code, field) => {
    let thrown: unknown
    try {
      readAnswer({ ...good, ...change }, rules)
    } catch (error) {
      thrown = error
    }
    expect(failureOf(thrown)).toEqual({ code, field })
  })

  it('counts characters as people do', () => {
    expect(readAnswer({ ...good, given_name: '👩‍🚀'.repeat(20) }, rules).given_name).toHaveLength(100)
  })

  it('is shown again without secrets, cut and cleaned', () => {
    const shown = shownAgain({ ...good, given_name: `${'a'.repeat(500)}`, email: 'a\u202e@b', extra: 'x' }, rules)
    expect(shown).toEqual({ given_name: 'a'.repeat(80), email: 'a@b' })
    expect(shownAgain({ given_name: ['Ada', 'Eve'] }, rules)).toEqual({ given_name: 'Ada' })
  })

  it('is never thrown over by what somebody types', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(fc.record({ given_name: text, email: text, password: text }), (answer) => {
        const code = codeOf(() => readAnswer(answer, rules))
        expect(code === null || code.startsWith('input.')).toBe(true)
        expect(JSON.stringify(shownAgain(answer, rules))).not.toMatch(/[\u202a-\u202e]/)
      }),
    )
  })
})
