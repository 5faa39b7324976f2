import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flowSteps as catalogue } from '#support/flow-steps'
import { checkFlow, hasErrors } from './checks.ts'
import { endOfFlow, type Flow, type FlowBranch, type FlowNode, flowSchema, type StepId, stepIds } from './contract.ts'
import { edgesFrom } from './graph.ts'
import { readyMade, readyMadeKeys } from './ready-made.ts'
import { type Simulated, simulate, simulated } from './simulate.ts'
import { hasSecondStep, isMultiFactor, isProven } from './standing.ts'

const yes = fc.boolean()
const somebody: fc.Arbitrary<Simulated> = fc
  .record({
    hasPassword: yes,
    hasPasskey: yes,
    hasTotp: yes,
    hasPhone: yes,
    hasRecoveryCodes: yes,
    roles: fc.subarray(['owner', 'administrator', 'shop-keeper']),
    kind: fc.constantFrom('staff' as const, 'consumer' as const),
    isKnownDevice: yes,
    isTrustedDevice: yes,
    isVerifiedUser: yes,
    secondFactorRequired: yes,
    locale: fc.constantFrom('en', 'de'),
    passwordAgeDays: fc.integer({ min: 0, max: 400 }),
  })
  .map((wish) => simulated.parse(wish))

const early = [
  'request.locale == "de"',
  'identifier.domain.endsWith("example.com")',
  'organization.secondFactorRequired',
]
const late = ['!device.isKnown', 'membership.kind == "staff"', '"owner" in person.roles', 'person.passwordAgeDays > 90']
const conditions = fc.constantFrom(...early, ...late)

const settingsOf: Partial<Record<StepId, fc.Arbitrary<Record<string, unknown>>>> = {
  password: fc.record({ withIdentifier: yes }),
  'email-code': fc.record({ withIdentifier: yes }),
  'sms-code': fc.record({ withIdentifier: yes }),
  'second-step': fc.record(
    {
      methods: fc.subarray(['passkey', 'totp', 'sms-code', 'email-code', 'recovery-code'], { minLength: 1 }),
      required: yes,
      always: yes,
    },
    { requiredKeys: [] },
  ),
}

const firsts: StepId[][] = [
  ['identifier', 'password'],
  ['password'],
  ['passkey'],
  ['email-code'],
  ['identifier', 'email-code'],
]

type Parts = {
  next: string | FlowBranch[]
  when: string | null
  ways: string[] | null
  settings: Record<string, unknown> | null
}

/** Nodes in a row, each leading to one further on; `back`: or to any, itself among them. */
const nodesOf = (steps: readonly StepId[], back: boolean): fc.Arbitrary<Record<string, FlowNode>> => {
  const isFirst = (step: StepId) => !back && firsts.flat().includes(step)

  const target = (index: number) =>
    fc
      .integer({ min: back ? 0 : index + 1, max: steps.length })
      .map((to) => (to >= steps.length ? endOfFlow : `n${to}`))
  const next = (index: number): fc.Arbitrary<string | FlowBranch[]> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(index + 1 < steps.length ? `n${index + 1}` : endOfFlow) },
      { weight: 1, arbitrary: target(index) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(conditions, target(index), target(index))
          .map(([when, to, otherwise]) => [{ when, to }, { to: otherwise }]),
      },
    )
  const node = (step: StepId, index: number): fc.Arbitrary<FlowNode> =>
    fc
      .record<Parts>({
        next: next(index),
        when: isFirst(step) ? fc.constant(null) : fc.option(conditions, { freq: 4 }),
        ways: back || isFirst(step) ? fc.option(fc.constant(['way']), { freq: 2 }) : fc.constant(null),
        settings:
          isFirst(step) && step !== 'passkey' && step !== 'identifier'
            ? fc.constant({ withIdentifier: index === 0 })
            : (settingsOf[step] ?? fc.constant(null)),
      })
      .map(
        ({ next: leads, settings, when, ways }): FlowNode => ({
          step,
          next: leads,
          ...(settings && { settings }),
          ...(when && { when }),
          ...(ways && { ways }),
        }),
      )
  return fc.tuple(...steps.map(node)).map((all) => Object.fromEntries(all.map((one, index) => [`n${index}`, one])))
}

const flowOf = (steps: fc.Arbitrary<StepId[]>, back: boolean): fc.Arbitrary<Flow> =>
  steps
    .chain((all) =>
      fc.tuple(
        nodesOf(all, back),
        fc.constantFrom<FlowNode>(
          { step: 'passkey' },
          { step: 'passkey', next: endOfFlow },
          { step: 'password', settings: { withIdentifier: true } },
        ),
      ),
    )
    .map(([nodes, way]) => ({ label: 'Any', start: 'n0', nodes: { ...nodes, way } }))

const afterwards = [
  'trusted-device',
  'second-step',
  'second-step',
  'terms',
  'profile',
  'offer-passkey',
  'enrol',
  'organization',
] as const
/** Such as somebody could mean, so that many of them pass. */
const sensible = flowOf(
  fc
    .tuple(fc.constantFrom(...firsts), fc.array(fc.constantFrom<StepId>(...afterwards), { maxLength: 4 }))
    .map(([first, rest]) => [...first, ...rest]),
  false,
)
/** Such as nobody could, circles among them. */
const any = flowOf(fc.array(fc.constantFrom(...stepIds), { minLength: 1, maxLength: 7 }), true)

/** Which of the places is answered: something else at every turn. */
const choices = fc.array(fc.nat(10), { minLength: 1, maxLength: 12 })
const chooser = (picks: readonly number[]) => {
  let turn = 0
  return (places: readonly string[]) => {
    const pick = picks[turn % picks.length] ?? 0
    turn += 1
    return places[pick % places.length]
  }
}

const whoever = (who: Simulated) => who.secondFactorRequired || who.hasTotp || who.hasPhone

/** Whether every path leads through a second step that is required of everybody. */
const demandsSecond = (flow: Flow): boolean => {
  const seen = new Set<string>()
  const queue = [flow.start]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === endOfFlow) return false
    const node = flow.nodes[id]
    const isDemanded = node?.step === 'second-step' && node.when === undefined && node.settings?.required === true
    if (isDemanded || seen.has(id)) continue
    seen.add(id)
    queue.push(...edgesFrom(flow, id).map(({ to }) => to))
  }
  return true
}

describe('of any flow, checked or not', () => {
  it('nobody reaches the end who has not proven what the organization and their account demand, and every walk ends', () => {
    fc.assert(
      fc.property(any, somebody, choices, (flow, who, picks) => {
        expect(flowSchema.safeParse(flow).success).toBe(true)
        const { end, proofs } = simulate(flow, who, catalogue, chooser(picks))
        expect(end).not.toBe('endless')
        if (end !== 'end') return
        expect(isProven(proofs)).toBe(true)
        if (whoever(who)) expect(isMultiFactor(proofs)).toBe(true)
      }),
      { numRuns: 4000 },
    )
  })
})

describe('of a flow that passes its checks', () => {
  it('everybody comes to an end, with all that the flow demands', () => {
    let passed = 0
    let ended = 0
    fc.assert(
      fc.property(sensible, somebody, choices, (flow, who, picks) => {
        if (hasErrors(checkFlow(flow, 'sign-in', catalogue, who).findings)) return
        passed += 1
        const { end, proofs, asked } = simulate(flow, who, catalogue, chooser(picks))
        expect(['end', 'help']).toContain(end)
        if (end === 'help') return
        ended += 1
        expect(isProven(proofs)).toBe(true)
        if (whoever(who)) expect(isMultiFactor(proofs)).toBe(true)
        if (demandsSecond(flow)) expect(hasSecondStep(proofs)).toBe(true)
        // Nobody is asked twice at the same place.
        expect(new Set(asked.map(({ place }) => place)).size).toBe(asked.length)
      }),
      { numRuns: 6000 },
    )
    expect(passed).toBeGreaterThan(1000)
    expect(ended).toBeGreaterThan(500)
  })

  it('whoever has lost their second step finds help or a recovery code among the ways', () => {
    let found = 0
    fc.assert(
      fc.property(sensible, somebody, choices, (flow, who, picks) => {
        if (hasErrors(checkFlow(flow, 'sign-in', catalogue, who).findings) || !(who.hasTotp || who.hasPhone)) return
        for (const { place, ways } of simulate(flow, who, catalogue, chooser(picks)).asked) {
          if (!place.includes('/')) continue
          found += 1
          expect([place, ...ways].some((one) => /\/(?:help|recovery-code)$/.test(one))).toBe(true)
        }
      }),
      { numRuns: 4000 },
    )
    expect(found).toBeGreaterThan(200)
  })

  it.each(readyMadeKeys)('the ready-made one %s lets nobody in without', (key) => {
    fc.assert(
      fc.property(somebody, choices, (who, picks) => {
        const { end, proofs } = simulate(readyMade[key].flow, who, catalogue, chooser(picks))
        expect(['end', 'help']).toContain(end)
        if (end !== 'end') return
        expect(isProven(proofs)).toBe(true)
        if (whoever(who)) expect(isMultiFactor(proofs)).toBe(true)
        if (key === 'password-and-second-step') expect(hasSecondStep(proofs)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
