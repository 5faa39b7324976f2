import { describe, expect, it } from 'vitest'
import { type AuditAction, type AuditRecord, auditKinds } from '#core/audit/contract'
import { builtInLocales } from '#core/texts/contract'
import { sampleSiteOf } from '../../tests/gallery/base-site.ts'
import { fieldCalled, sentenceOf, valueCalled, whoOf } from './audit-words.tsx'

const actions: AuditAction[] = Object.values(auditKinds).flat()
const record = (action: string, over: Partial<AuditRecord> = {}): AuditRecord => ({
  id: 'aud_1',
  at: new Date('2026-11-25T09:00:00Z'),
  actor: { kind: 'person', homeId: 'org_1', id: 'per_1' },
  action,
  target: { kind: 'person', id: 'per_2' },
  address: null,
  requestId: null,
  device: { browser: null, system: null },
  details: {},
  ...over,
})
const names = new Map([
  ['per_1', { name: 'Ada Keller' }],
  ['per_2', { name: 'Sam Egger' }],
  ['per_3', { name: 'Rita', from: 'Skyway' }],
])
const site = sampleSiteOf('en')
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '')
const said = (one: AuditRecord) => plain(sentenceOf({ site, record: one, names }))

describe('everything that is recorded', () => {
  it.each(builtInLocales)('has a sentence in %s', (locale) => {
    const { texts } = sampleSiteOf(locale)
    expect(actions.filter((action) => !texts.has(`audit.${action}`))).toEqual([])
  })

  it('is said all the same where an older build has recorded it', () => {
    expect(said(record('nothing.known'))).toBe('Something was recorded: nothing.known')
  })
})

describe('a sentence', () => {
  it.each([
    ['names whom it is about', record('person.suspended'), 'The account of Sam Egger was suspended'],
    [
      'names a built-in role in the reader’s language',
      record('role.given', { details: { after: { role: 'auditor' } } }),
      'Sam Egger got the role Auditor',
    ],
    [
      'says so of somebody who is gone',
      record('person.suspended', { target: { kind: 'person', id: 'per_gone' } }),
      'The account of somebody who is gone was suspended',
    ],
    [
      'names what was removed as the record does',
      record('group.removed', {
        target: { kind: 'group', id: 'grp_1' },
        details: { before: { name: '<b>Night</b>' } },
      }),
      'The group <b>Night</b> was removed',
    ],
    [
      'finds somebody behind a membership',
      record('membership.added', {
        target: { kind: 'membership', id: 'mem_1' },
        details: { after: { personId: 'per_2' } },
      }),
      'Sam Egger became a member',
    ],
    [
      'needs no details, which may have been emptied',
      record('organization.host_added', { target: { kind: 'organization', id: 'org_1' }, details: null }),
      'The domain … was added',
    ],
  ])('%s', (_, one, sentence) => {
    expect(said(one)).toBe(sentence)
  })

  it('says whose somebody from above is, and what is nobody', () => {
    const by = (actor: AuditRecord['actor']) =>
      plain(whoOf({ site, record: record('session.started', { actor }), names }))
    expect(by({ kind: 'person', homeId: 'org_0', id: 'per_3' })).toBe('Rita, of Skyway')
    expect(by({ kind: 'person', homeId: 'org_0', id: 'per_9' })).toBe('Somebody who is gone')
    expect(by({ kind: 'visitor', homeId: null, id: null })).toBe('Somebody not signed in')
    expect(by({ kind: 'system', homeId: null, id: null })).toBe('The system')
  })
})

describe('a value', () => {
  it.each([
    [true, 'Yes'],
    [null, '–'],
    [[], '–'],
    [1284, '1,284'],
    ['approval', 'After approval'],
    ['[masked]', 'Kept secret'],
    ['per_2', 'Sam Egger'],
    ['constructor', 'constructor'],
    ['<b>x</b>', '<b>x</b>'],
    [['en', 'de'], 'en, de'],
    [{ attribute: 'locale', value: 'de' }, 'attribute: locale, value: de'],
  ])('%j reads %s', (value, words) => {
    expect(plain(valueCalled(site, names, value))).toBe(words)
  })

  it('of any depth comes to an end', () => {
    const deep: Record<string, unknown> = {}
    deep.inner = deep
    expect(valueCalled(site, names, deep)).toContain('…')
  })

  it('has a name, or stands under its own', () => {
    expect(fieldCalled(site, 'secondFactorRequired')).toBe('Second step required')
    expect(fieldCalled(site, 'somethingElse')).toBe('somethingElse')
  })
})
