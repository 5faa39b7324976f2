import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCondition, holds } from './conditions.ts'
import type { FlowFacts } from './contract.ts'

const proven: FlowFacts = {
  request: { locale: 'de', address: 'path' },
  organization: { handle: 'alpine', secondFactorRequired: false },
  identifier: { kind: 'email', domain: 'alpine.example' },
  person: {
    hasPassword: true,
    hasPasskey: false,
    hasTotp: true,
    hasPhone: false,
    emailVerified: true,
    roles: ['owner', 'shop-keeper'],
    groups: [],
    passwordAgeDays: 91,
    accountAgeDays: 400,
  },
  membership: { kind: 'staff' },
  device: { isKnown: false, isTrusted: false },
  proofs: ['password'],
}
const unproven: FlowFacts = { ...proven, person: null, membership: null, device: null, proofs: [] }

describe('a condition', () => {
  it.each([
    ['identifier.domain == "alpine.example"', true],
    ['identifier.domain.endsWith(".example") && request.locale != "en"', true],
    ['request.locale in ["de", "pt"]', true],
    ['organization.secondFactorRequired', false],
    ['!device.isKnown', true],
    ['"owner" in person.roles', true],
    ['person.roles.exists(role, role in ["auditor", "owner"])', true],
    ['person.roles.all(role, role.startsWith("shop"))', false],
    ['person.roles.filter(role, role.contains("-")).size() == 1', true],
    ['size(person.groups) == 0', true],
    ['person.passwordAgeDays > 90', true],
    ['person.passwordAgeDays + 300 < person.accountAgeDays', true],
    ['membership.kind == "staff" ? person.hasTotp : person.hasPasskey', true],
    ['"password" in proofs', true],
    ['person.passwordAgeDays > -1', true],
    ['identifier.domain.lowerAscii() == "alpine.example"', true],
  ])('%s is %s', (text, value) => {
    expect(checkCondition(text, 'after')).toBeNull()
    expect(holds(text, proven, !value)).toBe(value)
  })

  it.each([
    ['person.hasTotp ||', 'flow.condition_unreadable', { at: 18 }],
    ['"unfinished', 'flow.condition_unreadable', { at: 1 }],
    ['persons.hasTotp', 'flow.condition_unknown_name', { name: 'persons' }],
    ['person.isAdmin', 'flow.condition_unknown_name', { name: 'isAdmin' }],
    ['person.passwordAgeDays', 'flow.condition_not_bool', { type: 'int' }],
    ['person.roles', 'flow.condition_not_bool', { type: 'list<string>' }],
    ['person.passwordAgeDays > "90"', 'flow.condition_mistyped', { at: 1 }],
    ['person.hasTotp && 1', 'flow.condition_mistyped', {}],
    ['request.locale.matches("(a+)+$")', 'flow.condition_not_allowed', { what: 'matches' }],
    ['person.roles.map(role, role + role).size() > 0', 'flow.condition_not_allowed', { what: 'map' }],
    [
      'person.roles.exists(a, person.roles.exists(b, a == b))',
      'flow.condition_not_allowed',
      { what: 'exists in exists' },
    ],
    ['proofs.exists(person, person == "totp")', 'flow.condition_not_allowed', { what: 'person' }],
    ['cel.bind(x, 1, x == 1)', 'flow.condition_not_allowed', { what: 'bind' }],
    ['dyn(person).anything', 'flow.condition_not_allowed', { what: 'dyn' }],
    ['timestamp("2026-01-01T00:00:00Z") == timestamp(0)', 'flow.condition_not_allowed', { what: 'timestamp' }],
    ['person["hasTotp"]', 'flow.condition_not_allowed', { what: '[]' }],
    ['person.passwordAgeDays * 2 > 4', 'flow.condition_not_allowed', { what: '*' }],
    ['1.5 > 1.0', 'flow.condition_not_allowed', { what: '1.5' }],
    [`${'('.repeat(20)}true${')'.repeat(20)}`, 'flow.condition_too_large', {}],
    [Array.from({ length: 60 }, () => 'true').join('&&'), 'flow.condition_too_large', {}],
    [`"${'x'.repeat(600)}" == "x"`, 'flow.condition_too_large', {}],
  ])('%s is refused as %s', (text, code, data) => {
    expect(checkCondition(text, 'after')).toMatchObject({
      code,
      level: 'error',
      ...(Object.keys(data).length > 0 && { data }),
    })
    expect(holds(text, proven, true)).toBe(true)
    expect(holds(text, proven, false)).toBe(false)
  })

  it.each([
    'person.hasTotp',
    'membership.kind == "staff"',
    'device.isKnown',
    'request.locale == "de" && person.hasPasskey',
  ])('%s would tell who has an account, asked before anybody has proven who they are', (text) => {
    expect(checkCondition(text, 'before')).toMatchObject({ code: 'flow.reveals', level: 'error' })
    expect(checkCondition(text, 'after')).toBeNull()
    expect(holds(text, unproven, true)).toBe(true)
    expect(holds(text, unproven, false)).toBe(false)
  })

  it.each(['request.locale == "de"', 'identifier.kind == "email"', 'organization.handle == "alpine"', 'proofs == []'])(
    '%s may be asked of anybody',
    (text) => {
      expect(checkCondition(text, 'before')).toBeNull()
      expect(holds(text, unproven, false)).toBe(true)
    },
  )

  it('that looks at nothing is pointed out', () => {
    expect(checkCondition('1 < 2', 'before')).toEqual({ code: 'flow.condition_constant', path: '', level: 'hint' })
  })

  it('has no answer where counting overflows, and comes to what the asker finds safe', () => {
    const text = 'person.accountAgeDays + 9223372036854775807 > 0'
    expect(checkCondition(text, 'after')).toBeNull()
    expect([holds(text, proven, true), holds(text, proven, false)]).toEqual([true, false])
  })

  it('sees no number that is none', () => {
    const facts = { ...proven, person: proven.person && { ...proven.person, passwordAgeDays: Number.NaN } }
    expect(holds('person.passwordAgeDays == 0', facts, false)).toBe(true)
  })
})

describe('whatever somebody types', () => {
  const words = fc.constantFrom(
    ...[
      'person',
      'device',
      'proofs',
      'roles',
      'identifier',
      '.',
      '.',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '==',
      '&&',
      '||',
      '!',
      '-',
    ],
    ...[
      '?',
      ':',
      ',',
      'in',
      'exists',
      'all',
      'filter',
      'map',
      'size',
      'has',
      'cel.bind',
      'matches',
      '"a"',
      '1',
      '2u',
      '1.0',
      'b"x"',
    ],
    ...['null', 'true', '//', '"""', "r'", '\\u{', '__proto__', 'constructor', 'x', '\n'],
  )
  const text = fc.oneof(
    fc.string({ maxLength: 600 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(words, { maxLength: 80 }).map((all) => all.join(' ')),
    fc.array(words, { maxLength: 80 }).map((all) => all.join('')),
  )

  it('neither throws nor answers anything but yes and no', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (typed, ifBroken) => {
        const finding = checkCondition(typed, 'before')
        expect(finding === null || finding.code.startsWith('flow.')).toBe(true)
        for (const facts of [proven, unproven]) expect(typeof holds(typed, facts, ifBroken)).toBe('boolean')
        if (checkCondition(typed, 'after')?.level === 'error') expect(holds(typed, proven, ifBroken)).toBe(ifBroken)
      }),
      { numRuns: 3000 },
    )
  })

  it('walks a list once, however long it is', () => {
    const many = {
      ...proven,
      person: proven.person && { ...proven.person, roles: Array.from({ length: 5000 }, (_, i) => `r${i}`) },
    }
    const asked: string[] = []
    const counted = new Proxy(many.person?.roles ?? [], {
      get: (roles, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) asked.push(key)
        return Reflect.get(roles, key)
      },
    })
    const facts = { ...many, person: many.person && { ...many.person, roles: counted } }
    expect(holds('person.roles.exists(role, role == "none")', facts, true)).toBe(false)
    expect(asked.length).toBeGreaterThanOrEqual(5000)
    expect(asked.length).toBeLessThanOrEqual(2 * 5000)
  })
})
