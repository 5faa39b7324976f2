import { describe, expect, it } from 'vitest'
import { flowSteps as catalogue } from '#support/flow-steps'
import { checkFlow, hasErrors } from './checks.ts'
import {
  type FlowNode,
  type FlowPurpose,
  flowNames,
  flowPurposes,
  methodsAlone,
  purposeOf,
  stepIds,
} from './contract.ts'
import { defaultFlows, readyMade, readyMadeKeys } from './ready-made.ts'

type Nodes = Record<string, unknown>
const relaxed = { secondFactorRequired: false }

const check = (start: string, nodes: Nodes, purpose: FlowPurpose = 'sign-in', organization = relaxed) =>
  checkFlow({ label: 'A flow', start, nodes }, purpose, catalogue, organization).findings
const codes = (...args: Parameters<typeof check>) => check(...args).map(({ code, path }) => `${code} ${path}`)

/** The smallest flow that is right, to stand around what is not. */
const password: FlowNode = { step: 'password', settings: { withIdentifier: true }, next: 'end' }
const upTo = (next: unknown): Nodes => ({ password: { ...password, next } })

describe('every ready-made flow', () => {
  it.each(readyMadeKeys)('%s passes its checks', (key) => {
    const { flow, purpose } = readyMade[key]
    const { findings } = checkFlow(flow, purpose, catalogue, relaxed)
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
    expect(hasErrors(checkFlow(flow, purpose, catalogue, { secondFactorRequired: true }).findings)).toBe(false)
  })

  it('stands for a purpose, and each purpose has a default', () => {
    expect(new Set(readyMadeKeys.map((key) => readyMade[key].purpose))).toEqual(new Set(flowPurposes))
    for (const name of flowNames.filter((each) => each !== 'sign-in-staff')) {
      expect(readyMade[defaultFlows[name]].purpose).toBe(purposeOf(name))
    }
  })
})

describe('a flow has a shape', () => {
  it.each([null, 7, 'password', [], {}, { label: 'x', start: 'a' }, { label: 'x', start: 'a', nodes: [] }])(
    '%j has none',
    (written) => {
      const { flow, findings } = checkFlow(written, 'sign-in', catalogue, relaxed)
      expect(flow).toBeNull()
      expect(findings.length).toBeGreaterThan(0)
      for (const { code, level } of findings) expect([code, level]).toEqual(['flow.shape', 'error'])
    },
  )

  it.each([
    ['a step that nobody knows', { step: 'telepathy', next: 'end' }, 'nodes.a.step'],
    ['a field that nobody knows', { ...password, colour: 'red' }, 'nodes.a'],
    ['a condition that is too long', { ...password, when: 'x'.repeat(501) }, 'nodes.a.when'],
    ['more ways than fit on a page', { ...password, ways: Array(9).fill('a') }, 'nodes.a.ways'],
  ])('%s is refused where it stands', (_, node, path) => {
    const findings = check('a', { a: node })
    expect(findings.map((each) => [each.code, each.path])).toContainEqual(['flow.shape', path])
  })

  it('has names of nodes that reach no prototype', () => {
    expect(codes('constructor', { a: password })).toEqual(['flow.start_unknown start'])
    expect(codes('__proto__', { a: password })).toEqual(['flow.shape start'])
    expect(codes('a', { a: { ...password, next: 'constructor' } })).toContain('flow.target_unknown nodes.a.next')
  })

  it.each(['Sign\u202ein', 'Sign\u200bin', 'Sign\nin'])('has a label that can be read: not %j', (label) => {
    const { findings } = checkFlow({ label, start: 'a', nodes: { a: password } }, 'sign-in', catalogue, relaxed)
    expect(findings.map(({ code }) => code)).toEqual(['flow.label'])
  })
})

describe('what is wrong with a graph is found where it is', () => {
  it.each<[string, string, Nodes, string[]]>([
    ['a start that is not there', 'b', { a: password }, ['flow.start_unknown start']],
    ['a target that is not there', 'a', { a: { ...password, next: 'b' } }, ['flow.target_unknown nodes.a.next']],
    ['a branch to nowhere', 'a', { a: { ...password, next: [{ to: 'b' }] } }, ['flow.target_unknown nodes.a.next.0']],
    ['a way that is not there', 'a', { a: { ...password, ways: ['b'] } }, ['flow.way_unknown nodes.a.ways.0']],
    [
      'a node that leads nowhere',
      'a',
      { a: { ...password, next: undefined } },
      ['flow.no_next nodes.a', 'flow.no_end nodes.a'],
    ],
    [
      'branches of which none may hold',
      'a',
      { a: { ...password, next: [{ when: 'request.locale == "de"', to: 'end' }] } },
      ['flow.branch_open nodes.a.next.0'],
    ],
    [
      'a branch behind one that always holds',
      'a',
      { a: { ...password, next: [{ to: 'end' }, { to: 'end' }] } },
      ['flow.branch_dead nodes.a.next.1'],
    ],
    [
      'a node that leads to itself',
      'a',
      { a: { ...password, next: 'a' } },
      ['flow.circle nodes.a.next', 'flow.no_end nodes.a'],
    ],
    [
      'a circle of two with a way out, and only them',
      'a',
      {
        a: { ...password, next: 'b' },
        b: { step: 'terms', next: [{ when: 'device.isKnown', to: 'a' }, { to: 'c' }] },
        c: { step: 'terms', next: 'end' },
      },
      ['flow.circle nodes.a.next', 'flow.circle nodes.b.next'],
    ],
    [
      'a circle through a way that leads back',
      'a',
      {
        a: { step: 'identifier', next: 'b' },
        b: { step: 'password', ways: ['c'], next: 'end' },
        c: { step: 'passkey', next: 'a' },
      },
      ['flow.circle nodes.a.next', 'flow.circle nodes.b.next'],
    ],
    [
      'ways that stand in for each other',
      'a',
      { a: { ...password, ways: ['b'] }, b: { step: 'passkey', ways: ['a'], next: 'end' } },
      ['flow.circle nodes.a.ways', 'flow.circle nodes.b.ways'],
    ],
    [
      'a way of a way, which nobody is offered',
      'a',
      { a: { ...password, ways: ['b'] }, b: { step: 'passkey', ways: ['c'] }, c: { step: 'passkey' } },
      ['flow.unreachable nodes.c'],
    ],
    [
      'a node that nothing leads to',
      'a',
      { a: password, b: { step: 'terms', next: 'end' } },
      ['flow.unreachable nodes.b'],
    ],
  ])('%s', (_, start, nodes, expected) => {
    expect(codes(start, nodes)).toEqual(expected)
  })

  it('but what nothing leads to is pointed out, and keeps nothing from being published', () => {
    expect(hasErrors(check('a', { a: password, b: { step: 'terms', next: 'end' } }))).toBe(false)
  })
})

describe('a step stands where it may', () => {
  it.each(methodsAlone)('%s is a method of the second step, and stands in no flow', (step) => {
    for (const purpose of flowPurposes) {
      expect(codes('a', { a: { step, next: 'end' } }, purpose)).toContain('flow.method_alone nodes.a.step')
    }
  })

  it.each(stepIds.filter((step) => !methodsAlone.some((alone) => alone === step)))(
    '%s, in its purposes alone',
    (step) => {
      for (const purpose of flowPurposes) {
        const isRefused = codes('a', { a: { step, next: 'end' } }, purpose).includes('flow.step_not_here nodes.a.step')
        expect(isRefused).toBe(!catalogue[step].purposes.includes(purpose))
      }
    },
  )

  it.each<[FlowNode['step'], Record<string, unknown>, string]>([
    ['password', { withIdentifier: 'yes' }, 'nodes.a.settings.withIdentifier'],
    ['password', { colour: 'red' }, 'nodes.a.settings'],
    ['second-step', { methods: [] }, 'nodes.a.settings.methods'],
    ['second-step', { methods: ['password'] }, 'nodes.a.settings.methods.0'],
    ['second-step', { methods: ['totp', 'totp'] }, 'nodes.a.settings.methods'],
  ])('%s with %j is refused', (step, settings, path) => {
    const nodes = { first: { ...password, next: 'a' }, a: { step, settings, next: 'end' } }
    expect(codes('first', nodes)).toContain(`flow.settings ${path}`)
  })
})

describe('a step has what it needs, whichever way somebody came', () => {
  it.each(['password', 'email-code', 'sms-code'])('%s wants to know who', (step) => {
    expect(codes('a', { a: { step, next: 'end' } })).toContain('flow.needs_name nodes.a')
    expect(codes('a', { a: { step, settings: { withIdentifier: true }, next: 'end' } })).not.toContain(
      'flow.needs_name nodes.a',
    )
    const named = { who: { step: 'identifier', next: 'a' }, a: { step, next: 'end' } }
    expect(hasErrors(check('who', named))).toBe(false)
    const perhaps = { who: { step: 'identifier', when: 'request.locale == "de"', next: 'a' }, a: { step, next: 'end' } }
    expect(codes('who', perhaps)).toContain('flow.needs_name nodes.a')
  })

  it('as a way, too', () => {
    const nodes = { a: { ...password, ways: ['b'] }, b: { step: 'email-code' } }
    expect(codes('a', nodes)).toContain('flow.needs_name nodes.b')
  })

  it.each(['second-step', 'trusted-device', 'terms', 'profile', 'organization'])(
    '%s wants a proof before it',
    (step) => {
      expect(
        codes('who', {
          who: { step: 'identifier', next: 'a' },
          a: { step, next: 'p' },
          p: { step: 'password', next: 'end' },
        }),
      ).toEqual(expect.arrayContaining(['flow.needs_proof nodes.a']))
      expect(hasErrors(check('password', { ...upTo('a'), a: { step, next: 'end' } }))).toBe(false)
    },
  )

  it('a proof that may be passed over is none', () => {
    const nodes = {
      who: { step: 'identifier', next: 'p' },
      p: { step: 'password', when: 'identifier.domain == "alpine.example"', next: 'a' },
      a: { step: 'terms', next: 'end' },
    }
    expect(codes('who', nodes)).toEqual(['flow.needs_proof nodes.a', 'flow.unproven_end nodes.a'])
  })
})
