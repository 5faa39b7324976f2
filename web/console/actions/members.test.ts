import { describe, expect, it } from 'vitest'
import type { Sent } from '../sent.ts'
import { grantActions, groupActions } from './groups.ts'
import { invitationActions } from './invitations.ts'
import { programActions } from './programs.ts'
import { roleActions } from './roles.ts'

const all = [...grantActions, ...groupActions, ...invitationActions, ...programActions, ...roleActions]
const bodyOf = (operation: string, sent: Sent) => all.find((one) => one.operation === operation)?.body?.(sent)

describe('an invitation', () => {
  const rest = { kind: 'staff', roles: [], groups: [], message: '', locale: null }

  it('reads addresses however they were pasted', () => {
    const emails = 'Ada <a@x.example>; b@x.example\nc@x.example'
    expect(bodyOf('invitations.create', { emails, lifetime_days: '14' })).toEqual({
      ...rest,
      emails: ['a@x.example', 'b@x.example', 'c@x.example'],
      lifetime_days: 14,
    })
  })

  it('carries a role as far as was chosen, and no further', () => {
    for (const [reach, read] of [
      ['subtree', 'subtree'],
      ['organization', 'organization'],
      ['everything', 'organization'],
    ]) {
      const sent = { emails: 'a@x.example', role: 'auditor', reach, groups: ['', 'grp_1'] }
      expect(bodyOf('invitations.create', sent)).toMatchObject({
        roles: [{ role: 'auditor', reach: read }],
        groups: ['grp_1'],
      })
    }
  })

  it.each([
    ['', 'input.missing'],
    [' ;\n', 'input.missing'],
    ['a@x.example, hana@@x.example', 'email.invalid'],
  ])('is not sent to %j', (emails, code) => {
    expect(() => bodyOf('invitations.create', { emails })).toThrow(code)
  })
})

describe('a group', () => {
  const name = { name: ' Crew ' }

  it.each([
    ['without an attribute has no rule', { attribute: '', value_locale: 'de' }, null],
    [
      'is ruled by the field of its attribute alone',
      { attribute: 'locale', operator: 'is_not', value_locale: 'de', value_kind: 'staff' },
      { attribute: 'locale', operator: 'is_not', value: 'de' },
    ],
  ])('%s', (_, sent, rule) => {
    expect(bodyOf('groups.create', { ...name, ...sent })).toEqual({ name: 'Crew', description: '', rule })
  })

  it('keeps its rule where only its name is mended', () => {
    const rule = { attribute: 'kind', operator: 'is', value: 'staff' }
    const sent = { ...name, attribute: 'kind', operator: 'is', value_kind: 'staff' }
    expect(bodyOf('groups.update', { ...sent, rule_before: JSON.stringify(rule) })).not.toHaveProperty('rule')
    expect(bodyOf('groups.update', { ...sent, rule_before: 'null' })).toHaveProperty('rule', rule)
    expect(bodyOf('groups.update', { ...name, attribute: '', rule_before: 'null' })).not.toHaveProperty('rule')
  })
})

describe('a role', () => {
  it.each([
    ['Night desk', 'night-desk'],
    ['Zürich – Süd', 'zurich-sud'],
    ['3rd floor', 'rd-floor'],
  ])('called %s has the key %s', (name, key) => {
    expect(bodyOf('roles.create', { name, permissions: ['', 'people.read'] })).toMatchObject({ key })
  })

  it('whose name has no Latin letters needs a key of its own', () => {
    expect(() => bodyOf('roles.create', { name: 'مكتب', permissions: 'people.read' })).toThrow('input.missing')
  })

  it('holds what was ticked and what was typed, each once', () => {
    const sent = { name: 'Desk', permissions: ['', 'people.read'], application_permissions: 'shop:a\nshop:b, shop:a' }
    expect(bodyOf('roles.update', sent)).toMatchObject({ permissions: ['people.read', 'shop:a', 'shop:b'] })
    expect(() => bodyOf('roles.update', { name: 'Desk', permissions: '' })).toThrow('input.missing')
  })
})

describe('a role that is given', () => {
  it.each([
    ['', null],
    ['0', null],
    ['-1', null],
    ['soon', null],
    ['30', expect.stringMatching(/^\d{4}-\d\d-\d\dT/)],
  ])('for %j days ends as it says', (days, end) => {
    const sent = { 'subject.kind': 'group', 'subject.id': 'grp_1', role: 'auditor', ends_in: days }
    expect(bodyOf('grants.give', sent)).toEqual({
      subject: { kind: 'group', id: 'grp_1' },
      role: 'auditor',
      reach: 'organization',
      ends_at: end,
    })
  })
})

it('a token is told to the next page, and its other properties are not', () => {
  const { tell } = programActions.find(({ operation }) => operation === 'tokens.create') ?? {}
  const answer = { id: 'tok_1', name: 'Server', token: 'livery_x', scopes: ['people.read'] }
  expect(tell?.(answer)).toEqual({ details: { token: 'livery_x', name: 'Server' } })
})
