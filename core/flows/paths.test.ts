import { describe, expect, it } from 'vitest'
import { flowSteps as catalogue } from '#support/flow-steps'
import { checkFlow, hasErrors } from './checks.ts'
import type { FlowNode, FlowPurpose } from './contract.ts'

type Nodes = Record<string, unknown>
const relaxed = { secondFactorRequired: false }

const check = (start: string, nodes: Nodes, purpose: FlowPurpose = 'sign-in', organization = relaxed) =>
  checkFlow({ label: 'A flow', start, nodes }, purpose, catalogue, organization).findings
const codes = (...args: Parameters<typeof check>) => check(...args).map(({ code, path }) => `${code} ${path}`)

/** The smallest flow that is right, to stand around what is not. */
const password: FlowNode = { step: 'password', settings: { withIdentifier: true }, next: 'end' }
const upTo = (next: unknown): Nodes => ({ password: { ...password, next } })

describe('nobody reaches the end who has proven nothing', () => {
  it.each<[string, Nodes, string]>([
    ['who is only named', { a: { step: 'identifier', next: 'end' } }, 'a'],
    ['whose proof was passed over', { a: { ...password, when: 'request.locale == "de"' } }, 'a'],
    [
      'by a branch around the proof',
      {
        a: { step: 'identifier', next: [{ when: 'identifier.kind == "phone"', to: 'end' }, { to: 'b' }] },
        b: { step: 'password', next: 'end' },
      },
      'a',
    ],
  ])('%s', (_, nodes, at) => {
    expect(codes('a', nodes)).toContain(`flow.unproven_end nodes.${at}`)
  })

  it('by a way that proves nothing', () => {
    const nodes = { a: { ...password, ways: ['b'] }, b: { step: 'identifier' } }
    expect(codes('a', nodes)).toEqual(
      expect.arrayContaining(['flow.way_proves_nothing nodes.a.ways.0', 'flow.unproven_end nodes.a']),
    )
  })

  it.each(['terms', 'second-step', 'profile'])('nor past %s by choosing another way', (step) => {
    const nodes = { ...upTo('a'), a: { step, ways: ['b'], next: 'end' }, b: { step: 'passkey' } }
    expect(codes('password', nodes)).toContain('flow.way_skips nodes.a.ways')
  })
})

describe('whoever has proven to be one person', () => {
  it.each<[string, FlowNode]>([
    ['is not asked who they are again', { step: 'identifier', next: 'end' }],
    ['is not asked for a name beside another password', password],
  ])('%s', (_, node) => {
    expect(codes('password', { ...upTo('a'), a: node })).toContain('flow.named_again nodes.a')
  })

  it('is not named again where it is so on one path alone', () => {
    const nodes = {
      a: { ...password, when: 'request.locale == "de"', next: 'b' },
      b: { step: 'identifier', next: 'c' },
      c: { step: 'password', next: 'end' },
    }
    expect(codes('a', nodes)).toContain('flow.named_again nodes.b')
  })

  it('does better with a second step than with another first one', () => {
    const nodes = { ...upTo('a'), a: { step: 'email-code', next: 'end' } }
    expect(codes('password', nodes)).toContain('flow.proof_again nodes.a')
    expect(hasErrors(check('password', nodes))).toBe(false)
  })

  it.each(['offer-passkey', 'new-password', 'enrol'])(
    'changes no factor by %s before a second step was asked for',
    (step) => {
      expect(codes('password', { ...upTo('a'), a: { step, next: 'end' } })).toEqual(['flow.early_change nodes.a'])
      const asked = { ...upTo('second'), second: { step: 'second-step', next: 'a' }, a: { step, next: 'end' } }
      expect(check('password', asked)).toEqual([])
      const perhaps = { ...asked, second: { step: 'second-step', when: '!device.isKnown', next: 'a' } }
      expect(codes('password', perhaps)).toEqual(['flow.early_change nodes.a'])
      const narrow = { ...asked, second: { step: 'second-step', settings: { methods: ['sms-code'] }, next: 'a' } }
      expect(codes('password', narrow)).toEqual(['flow.early_change nodes.a'])
      const strict = { ...narrow, second: { ...narrow.second, settings: { methods: ['sms-code'], required: true } } }
      expect(check('password', strict)).toEqual([])
    },
  )
})

describe('a condition is asked where it may be', () => {
  it.each<[string, Nodes, string]>([
    [
      'whether a node is passed over',
      { who: { step: 'identifier', next: 'p' }, p: { step: 'password', next: 'end', when: 'person.hasPassword' } },
      'nodes.p.when',
    ],
    [
      'where a node leads that proves nothing',
      {
        who: { step: 'identifier', next: [{ when: 'person.hasPasskey', to: 'k' }, { to: 'p' }] },
        p: { step: 'password', next: 'end' },
        k: { step: 'passkey', next: 'end' },
      },
      'nodes.who.next.0.when',
    ],
    [
      'whether a way is offered',
      { who: { ...password, ways: ['k'] }, k: { step: 'passkey', when: 'person.hasPasskey' } },
      'nodes.k.when',
    ],
    [
      'after a proof that may have been passed over',
      {
        who: { step: 'identifier', next: 'p' },
        p: {
          step: 'password',
          when: 'request.locale == "de"',
          next: [{ when: 'device.isKnown', to: 'end' }, { to: 'c' }],
        },
        c: { step: 'email-code', next: 'end' },
      },
      'nodes.p.next.0.when',
    ],
  ])('%s tells no stranger who has an account', (_, nodes, path) => {
    expect(codes('who', nodes)).toContain(`flow.reveals ${path}`)
  })

  it('but a way with a next of its own may ask, where the node it stands in for may not', () => {
    const next = (to: string) => [{ when: 'person.hasTotp', to }, { to: 'end' }]
    const nodes = {
      who: { step: 'identifier', ways: ['k'], next: 'c' },
      k: { step: 'passkey', next: next('second') },
      c: { step: 'password', next: 'end' },
      second: { step: 'second-step', next: 'end' },
    }
    expect(codes('who', nodes)).toEqual([])
    const asking = { ...nodes, who: { ...nodes.who, next: next('c') } }
    expect(codes('who', asking)).toContain('flow.reveals nodes.who.next.0.when')
  })

  it('and of whoever has proven who they are, everything may be asked', () => {
    const next = [{ when: 'membership.kind == "staff"', to: 'second' }, { to: 'end' }]
    const second = { step: 'second-step', when: '!device.isKnown', next: 'end' }
    expect(check('password', { ...upTo(next), second })).toEqual([])
  })

  it('and is one', () => {
    const next = [{ when: 'person.isRich', to: 'end' }, { to: 'end' }]
    expect(codes('password', upTo(next))).toEqual(['flow.condition_unknown_name nodes.password.next.0.when'])
    const always = [{ when: 'true', to: 'end' }, { to: 'end' }]
    expect(check('password', upTo(always))).toEqual([
      { code: 'flow.condition_constant', path: 'nodes.password.next.0.when', level: 'hint' },
    ])
  })
})

describe('an account comes into being in one order', () => {
  const details = { step: 'details', next: 'verify' }
  const verify = { step: 'verify-email', next: 'end' }
  it.each<[string, string, Nodes, string]>([
    ['without its details', 'verify', { verify }, 'start'],
    [
      'with details that may be passed over',
      'details',
      { details: { ...details, when: 'request.locale == "de"' }, verify },
      'start',
    ],
    ['without a proof of the address', 'details', { details: { ...details, next: 'end' } }, 'nodes.details.next'],
    [
      'with a proof that may be passed over',
      'details',
      { details, verify: { ...verify, when: 'request.locale == "de"' } },
      'nodes.details.next',
    ],
    [
      'with something in between',
      'details',
      { details: { ...details, next: 'terms' }, terms: { step: 'terms', next: 'verify' }, verify },
      'nodes.details.next',
    ],
  ])('never %s', (_, start, nodes, path) => {
    expect(codes(start, nodes, 'sign-up')).toContain(`flow.sign_up_begins ${path}`)
  })

  it('and by branches too', () => {
    const next = [{ when: 'request.locale == "de"', to: 'other' }, { to: 'verify' }]
    const nodes = {
      details: { ...details, next },
      verify,
      other: { ...verify, next: 'terms' },
      terms: { step: 'terms', next: 'end' },
    }
    expect(check('details', nodes, 'sign-up')).toEqual([])
  })

  it('and an invitation is looked at first', () => {
    const invitation = { step: 'invitation', next: 'end' }
    expect(check('invitation', { invitation }, 'invitation')).toEqual([])
    const hidden = { invitation: { ...invitation, when: 'request.locale == "de"' } }
    expect(codes('invitation', hidden, 'invitation')).toContain('flow.invitation_begins start')
    const late = { terms: { step: 'terms', next: 'invitation' }, invitation }
    expect(codes('terms', late, 'invitation')).toContain('flow.invitation_begins start')
  })
})

describe('an account is recovered in one order', () => {
  const identifier = { step: 'identifier', next: 'mailbox' }
  const mailbox = { step: 'mailbox', next: 'choose' }
  const choose = { step: 'choose-password', next: 'end' }

  it.each<[string, string, Nodes, string]>([
    ['without a name', 'mailbox', { mailbox, choose }, 'nodes.mailbox'],
    ['without the mailbox', 'identifier', { identifier: { ...identifier, next: 'choose' }, choose }, 'nodes.choose'],
    ['without a new password', 'identifier', { identifier, mailbox: { ...mailbox, next: 'end' } }, 'nodes.mailbox'],
    [
      'with a mailbox that may be passed over',
      'identifier',
      { identifier, mailbox: { ...mailbox, when: 'request.locale == "de"' }, choose },
      'nodes.choose',
    ],
    [
      'with a new password that may be passed over',
      'identifier',
      { identifier, mailbox, choose: { ...choose, when: 'person.hasPassword' } },
      'nodes.choose',
    ],
  ])('never %s', (_, start, nodes, path) => {
    expect(codes(start, nodes, 'recovery')).toContain(`flow.recovery_order ${path}`)
  })
})

describe('what does less than it seems to is pointed out', () => {
  it.each<[string, Nodes, string]>([
    ['a passkey that not everybody has', { a: { step: 'passkey', next: 'end' } }, 'flow.not_everybody nodes.a'],
    [
      'a phone that not everybody has, with a passkey beside it',
      { a: { step: 'sms-code', settings: { withIdentifier: true }, ways: ['k'], next: 'end' }, k: { step: 'passkey' } },
      'flow.not_everybody nodes.a',
    ],
    [
      'a mailbox as the only proof',
      { a: { step: 'email-code', settings: { withIdentifier: true }, next: 'end' } },
      'flow.email_alone nodes.a',
    ],
    [
      'a mailbox as the second proof',
      { a: { ...password, next: 'b' }, b: { step: 'second-step', settings: { methods: ['email-code'] }, next: 'end' } },
      'flow.email_second nodes.b.settings.methods',
    ],
    [
      'a trusted browser after it was needed',
      {
        a: { ...password, next: 'b' },
        b: { step: 'second-step', next: 'c' },
        c: { step: 'trusted-device', next: 'end' },
      },
      'flow.trusted_device_late nodes.c',
    ],
  ])('%s', (_, nodes, expected) => {
    const findings = check('a', nodes)
    expect(findings.map(({ code, path, level }) => `${level} ${code} ${path}`)).toEqual([`hint ${expected}`])
  })

  it('a passkey with a way for everybody else is not', () => {
    const nodes = { a: { step: 'passkey', ways: ['b'], next: 'end' }, b: password }
    expect(check('a', nodes)).toEqual([])
    const some = { a: { step: 'passkey', when: 'request.locale == "de"', next: 'b' }, b: password }
    expect(codes('a', some)).not.toContain('flow.not_everybody nodes.a')
  })

  it('a policy that the flow does not speak of', () => {
    const strict = { secondFactorRequired: true }
    expect(codes('password', upTo('end'), 'sign-in', strict)).toEqual(['flow.second_step_missing nodes'])
    expect(hasErrors(check('password', upTo('end'), 'sign-in', strict))).toBe(false)
    const asked = { ...upTo('second'), second: { step: 'second-step', next: 'end' } }
    expect(check('password', asked, 'sign-in', strict)).toEqual([])
  })

  it('an address that nobody has replaced', () => {
    const terms = { step: 'terms', settings: { documents: [{ url: 'https://example.com/terms' }] }, next: 'end' }
    expect(codes('password', { ...upTo('terms'), terms })).toEqual(['flow.sample_address nodes.terms.settings'])
    expect(hasErrors(check('password', { ...upTo('terms'), terms }))).toBe(false)
  })

  it('but a second step that nobody could give is refused', () => {
    const second = { step: 'second-step', settings: { methods: ['recovery-code'] }, next: 'end' }
    expect(codes('password', { ...upTo('second'), second })).toEqual([
      'flow.second_step_hopeless nodes.second.settings.methods',
    ])
  })
})
