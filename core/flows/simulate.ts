// A walk along a flow by somebody who was made up: for whoever wants to see what a flow asks of whom, and for the tests that try
// everybody. Each answer is right; which of several ways is taken is for the caller to say.

import { z } from 'zod'
import {
  type Catalogue,
  type Flow,
  type FlowFacts,
  guardNodes,
  type Position,
  type Proof,
  type ProofKind,
  proofKinds,
  type StepId,
} from './contract.ts'
import { asksName, provenBy } from './paths.ts'
import { isProven } from './standing.ts'
import { type Arrival, begin, proceed, stepAt, type Walking, waysOf } from './walk.ts'

/** Somebody, their browser, and where they are met. Whatever is not said is the usual. */
export const simulated = z.strictObject({
  hasPassword: z.boolean().default(true),
  hasPasskey: z.boolean().default(false),
  hasTotp: z.boolean().default(false),
  hasPhone: z.boolean().default(false),
  hasRecoveryCodes: z.boolean().default(false),
  emailVerified: z.boolean().default(true),
  roles: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  passwordAgeDays: z.number().default(0),
  accountAgeDays: z.number().default(0),
  kind: z.enum(['staff', 'consumer']).default('consumer'),
  isKnownDevice: z.boolean().default(false),
  isTrustedDevice: z.boolean().default(false),
  /** A passkey that asked for a finger, a face or a PIN. */
  isVerifiedUser: z.boolean().default(true),
  secondFactorRequired: z.boolean().default(false),
  handle: z.string().default('organization'),
  locale: z.string().default('en'),
  address: z.enum(['root', 'path', 'name', 'domain']).default('path'),
  identifier: z.enum(['email', 'phone', 'username']).default('email'),
  domain: z.string().default('example.com'),
})
export type Simulated = z.output<typeof simulated>

export type Asked = { place: string; step: StepId; ways: string[]; proof: ProofKind | null }
/** `help`: they ask for help, and wait. */
export type Simulation = { asked: Asked[]; end: 'end' | 'broken' | 'help' | 'endless'; proofs: Proof[] }

const before: readonly StepId[] = [
  'identifier',
  'password',
  'passkey',
  'email-code',
  'sms-code',
  'details',
  'verify-email',
  'invitation',
  'mailbox',
  'choose-password',
]

const availableTo = (who: Simulated, isKnown: boolean): Set<StepId> => {
  if (!isKnown) return new Set(before)
  const hasSecond = who.hasTotp || who.hasPhone || who.hasPasskey
  const those = (isThere: boolean, ...steps: StepId[]) => (isThere ? steps : [])
  return new Set<StepId>([
    ...([
      'email-code',
      'new-password',
      'terms',
      'profile',
      'offer-passkey',
      'organization',
      'choose-password',
    ] as const),
    ...those(who.hasPasskey, 'passkey'),
    ...those(who.hasTotp, 'totp'),
    ...those(who.hasPhone, 'sms-code'),
    ...those(hasSecond && who.hasRecoveryCodes, 'recovery-code'),
    ...those(who.isTrustedDevice, 'trusted-device'),
    ...those(!hasSecond, 'enrol'),
    ...those(hasSecond, 'help'),
  ])
}

const factsOf = (who: Simulated, isNamed: boolean, proofs: readonly Proof[]): FlowFacts => {
  const isKnown = isProven(proofs)
  const { handle, secondFactorRequired, locale, address, domain, identifier, kind, isKnownDevice, isTrustedDevice } =
    who
  const { hasPassword, hasPasskey, hasTotp, hasPhone, emailVerified, roles, groups, passwordAgeDays, accountAgeDays } =
    who
  const have = { hasPassword, hasPasskey, hasTotp, hasPhone, emailVerified }
  return {
    request: { locale, address },
    organization: { handle, secondFactorRequired },
    identifier: isNamed
      ? { kind: identifier, domain: identifier === 'email' ? domain : '' }
      : { kind: 'none', domain: '' },
    person: isKnown ? { ...have, roles, groups, passwordAgeDays, accountAgeDays } : null,
    membership: isKnown ? { kind } : null,
    device: isKnown ? { isKnown: isKnownDevice || isTrustedDevice, isTrusted: isTrustedDevice } : null,
    proofs: proofs.map(({ kind: proof }) => proof),
  }
}

const naming: readonly StepId[] = ['identifier', 'details', 'invitation']

/** What a right answer to a step proves; whoever sets a second step up has shown it once. */
const provenAt = (catalogue: Catalogue, step: StepId, isMethod: boolean): ProofKind | null => {
  if (step === 'enrol') return 'totp'
  if (step === 'trusted-device') return 'trusted-device'
  return isMethod ? (proofKinds.find((kind) => kind === step) ?? null) : provenBy(catalogue, step)
}

/** More than anybody can be asked: guards and methods stand beside the nodes. */
const mostAnswers = 150

/** Walks it. `choose` says which place is answered, of those that stand there: the first one unless told. */
export const simulate = (
  flow: Flow,
  wish: z.input<typeof simulated>,
  catalogue: Catalogue,
  choose: (places: readonly string[]) => string | undefined = ([first]) => first,
): Simulation => {
  let who = simulated.parse(wish)
  let isNamed = false
  const proofs: Proof[] = []
  const done: string[] = []
  const asked: Asked[] = []

  const walking = (): Walking => ({
    flow,
    facts: factsOf(who, isNamed, proofs),
    proofs,
    done,
    available: availableTo(who, isProven(proofs)),
    catalogue,
    preferred: null,
    second: { isRequired: who.secondFactorRequired, isEnrolled: who.hasTotp || who.hasPhone },
  })

  const answer = (position: Position, ways: string[]): Position | 'help' => {
    const at = choose([position.at, ...ways]) ?? position.at
    const [id = ''] = at.split('/')
    const step = stepAt(flow, at) ?? 'help'
    const node = flow.nodes[id]
    if (naming.includes(step) || (node && asksName(node))) isNamed = true
    const isMethod = at.includes('/')
    const kind = provenAt(catalogue, step, isMethod)
    const isSecond = isMethod || step === 'enrol' || id === guardNodes.second
    if (kind) {
      const verified = kind === 'passkey' && who.isVerifiedUser ? { isVerifiedUser: true } : {}
      proofs.push({ kind, at: '2026-01-01T00:00:00Z', ...(isSecond ? { isSecond: true } : {}), ...verified })
      isNamed = true
    }
    if (step === 'enrol') who = { ...who, hasTotp: true }
    done.push(position.node, at)
    asked.push({ place: at, step, ways, proof: kind })
    return step === 'help' ? 'help' : { node: position.node, at }
  }

  let arrival: Arrival = begin(walking())
  while (typeof arrival === 'object') {
    if (asked.length >= mostAnswers) return { asked, end: 'endless', proofs }
    const answered = answer(arrival, waysOf(walking(), arrival))
    if (answered === 'help') return { asked, end: 'help', proofs }
    arrival = proceed(walking(), answered)
  }
  return { asked, end: arrival, proofs }
}
