import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bodyOf, fieldName, firstProblem } from './sent.ts'

const schema = z.strictObject({
  name: z.string().min(1),
  note: z.string().default(''),
  reason: z.string().min(1).optional(),
  phone: z.string().min(3).nullable().default(null),
  days: z.int().default(7),
  required: z.boolean().optional(),
  groups: z.array(z.string()).default([]),
  rule: z.strictObject({ attribute: z.string(), value: z.string() }).nullable().default(null),
})

describe('the body of a form', () => {
  it.each([
    ['a text is trimmed', { name: ' Ada ' }, { name: 'Ada' }],
    ['a field that the form does not have is left out', {}, {}],
    ['an empty text that may be empty stays', { note: '' }, { note: '' }],
    ['an empty text that may be left out is left out', { reason: '  ' }, {}],
    ['an empty text where nothing may be is nothing', { phone: '' }, { phone: null }],
    ['digits become a number', { days: '14' }, { days: 14 }],
    ['what is no number is left for the schema to refuse', { days: 'many' }, { days: 'many' }],
    ['a checked box counts over the hidden field before it', { required: ['false', 'true'] }, { required: true }],
    ['an unchecked box says no', { required: 'false' }, { required: false }],
    ['one of a list is a list', { groups: 'grp_1' }, { groups: ['grp_1'] }],
    ['none of a list is an empty list', { groups: '' }, { groups: [] }],
    ['the hidden field of a list is no entry', { groups: ['', 'grp_1', 'grp_2'] }, { groups: ['grp_1', 'grp_2'] }],
    [
      'dots lead inside',
      { 'rule.attribute': 'locale', 'rule.value': 'de' },
      { rule: { attribute: 'locale', value: 'de' } },
    ],
    ['what the body does not know is not handed on', { nmae: 'Ada', __proto__: 'x' }, {}],
  ])('%s', (_, sent, body) => {
    expect(bodyOf(schema, sent)).toEqual(body)
  })

  it('of a choice holds the fields of what was chosen alone', () => {
    const choice = z.discriminatedUnion('action', [
      z.strictObject({ action: z.enum(['suspend', 'remove']), reason: z.string().min(1).optional() }),
      z.strictObject({ action: z.literal('change-kind'), kind: z.string() }),
    ])
    expect(bodyOf(choice, { action: 'remove', kind: 'staff', reason: '' })).toEqual({ action: 'remove' })
    expect(bodyOf(choice, { action: 'change-kind', kind: 'staff' })).toEqual({ action: 'change-kind', kind: 'staff' })
    expect(bodyOf(choice, { action: 'explode' })).toEqual({ action: 'explode' })
  })

  it('is none where the operation takes none', () => {
    expect(bodyOf(null, { name: 'Ada' })).toBeUndefined()
  })
})

describe('a refusal', () => {
  it.each([
    [[{ pointer: '#/given_name', code: 'missing' }], { code: 'input.missing', field: 'given_name' }],
    [[{ pointer: '#/rule/value', code: 'too_large' }], { code: 'input.too_long', field: 'rule.value' }],
    [[{ pointer: '#/emails/3', code: 'wrong_format' }], { code: 'input.invalid', field: 'emails' }],
    [[], { code: 'request.invalid' }],
    [undefined, { code: 'request.invalid' }],
  ])('of a schema stands at its field', (errors, told) => {
    expect(firstProblem(errors)).toEqual(told)
  })

  it('of core names its field as forms do', () => {
    expect(fieldName('givenName')).toBe('given_name')
  })
})
