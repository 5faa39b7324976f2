// The words of flows: what is asked of somebody in which order, as data that an engine walks. A flow is a graph of nodes without
// a circle; each node is a step with its settings, and says where it leads.

import { z } from 'zod'
import type { Draft } from '#core/documents/contract'

export const flowPurposes = ['sign-in', 'sign-up', 'recovery', 'invitation'] as const
export type FlowPurpose = (typeof flowPurposes)[number]

/** The documents that an organization may publish. Whoever has proven to be staff goes on in `sign-in-staff`, where there is one. */
export const flowNames = ['sign-in', 'sign-in-staff', 'sign-up', 'recovery', 'invitation'] as const
export type FlowName = (typeof flowNames)[number]

export const isFlowName = (word: string): word is FlowName => flowNames.some((name) => name === word)

export const purposeOf = (name: FlowName): FlowPurpose => (name === 'sign-in-staff' ? 'sign-in' : name)

export const stepIds = [
  // Who somebody is, and the first proof of it.
  'identifier',
  'password',
  'passkey',
  'email-code',
  'sms-code',
  // The second proof. Its methods are steps of their own: they have a page each, but stand in no graph.
  'trusted-device',
  'second-step',
  'totp',
  'recovery-code',
  'help',
  // What may be asked of somebody who has proven who they are.
  'enrol',
  'new-password',
  'terms',
  'profile',
  'offer-passkey',
  'organization',
  // How an account comes into being, and how it is found again.
  'details',
  'verify-email',
  'invitation',
  'mailbox',
  'choose-password',
] as const
export type StepId = (typeof stepIds)[number]

/** Steps that are methods of `second-step` and of nothing else. */
export const methodsAlone = ['totp', 'recovery-code', 'help'] as const

/** What may be asked for as a second step, in the order in which it is offered to somebody who has never chosen. */
export const secondMethods = ['passkey', 'totp', 'sms-code', 'email-code', 'recovery-code'] as const
export type SecondMethod = (typeof secondMethods)[number]

/** What a flow means that names none. A code by email is no second factor, so that it has to be named. */
export const usualSecondMethods: readonly SecondMethod[] = secondMethods.filter((method) => method !== 'email-code')

/** What an answer has proven. `mailbox` is the link or the code of a mail that makes or recovers an account. */
export const proofKinds = [
  'password',
  'passkey',
  'email-code',
  'sms-code',
  'totp',
  'recovery-code',
  'trusted-device',
  'mailbox',
] as const
export type ProofKind = (typeof proofKinds)[number]

/** A proof that was given. */
export type Proof = {
  kind: ProofKind
  /** ISO 8601. */
  at: string
  /** A passkey that has seen a PIN, a finger or a face proves two things at once. */
  isVerifiedUser?: boolean
  /** It stood in the place of a second step. */
  isSecond?: boolean
}

export const endOfFlow = 'end'

/** Where nothing is (RFC 2606): in a ready-made flow, until somebody writes an address of their own there. */
export const sampleAddress = 'https://example.com'

const nodeId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, a letter first')
const target = z.union([z.literal(endOfFlow), nodeId])
/** A condition in CEL (the Common Expression Language), over the facts of `core/flows/conditions.ts`. */
const condition = z.string().trim().min(1).max(500)

export const flowBranch = z.strictObject({ when: condition.optional(), to: target })
export type FlowBranch = z.infer<typeof flowBranch>

export const flowNode = z.strictObject({
  step: z.enum(stepIds),
  settings: z.record(z.string(), z.unknown()).optional(),
  /** Where it does not hold, the node is passed over. */
  when: condition.optional(),
  /**
   * Where it leads: the first branch whose condition holds; the last one has none. A node that is only a way of another one leaves
   * it out, and leads where that one does.
   */
  next: z.union([target, z.array(flowBranch).min(1).max(10)]).optional(),
  /** Nodes that may be answered instead, as "Try another way". */
  ways: z.array(nodeId).max(8).optional(),
})
export type FlowNode = z.infer<typeof flowNode>

export const flowSchema = z.strictObject({
  /** What people call it; plain text. */
  label: z.string().trim().min(1).max(80),
  start: nodeId,
  nodes: z.record(nodeId, flowNode).refine((nodes) => Object.keys(nodes).length <= 60, 'at most 60 nodes'),
})
export type Flow = z.infer<typeof flowSchema>

/** What is known of a step without walking it: enough to check a flow. core/login has one of each, beside its behaviour. */
export type StepTraits = {
  id: StepId
  /** The text that names it: `step.password`. */
  label: string
  /** In which flows it may stand; none for what is a method of `second-step` alone. */
  purposes: readonly FlowPurpose[]
  /** Has somebody to be named, or proven, before it? */
  needs: 'nothing' | 'name' | 'proof'
  /** What a right answer proves of somebody as their first proof; null where it proves nothing. */
  proves: ProofKind | null
  /** Answers itself, and has no page. */
  isSilent?: boolean
  settings: z.ZodType
}
export type Catalogue = Readonly<Record<StepId, StepTraits>>

/** What a condition may look at. The last four are known of somebody proven alone: before that they would tell who has an account. */
export type FlowFacts = {
  request: { locale: string; address: 'root' | 'path' | 'name' | 'domain' }
  organization: { handle: string; secondFactorRequired: boolean }
  /** What was typed: `domain` is that of an email address, else ''. */
  identifier: { kind: 'email' | 'phone' | 'username' | 'none'; domain: string }
  person: {
    hasPassword: boolean
    hasPasskey: boolean
    hasTotp: boolean
    hasPhone: boolean
    emailVerified: boolean
    roles: string[]
    groups: string[]
    passwordAgeDays: number
    accountAgeDays: number
  } | null
  membership: { kind: 'staff' | 'consumer' } | null
  device: { isKnown: boolean; isTrusted: boolean } | null
  /** Kinds of what has been proven so far. */
  proofs: ProofKind[]
}

/** What may be found in a flow; each has its words: `finding.<code>`. */
export const flowFindingCodes = [
  'flow.shape',
  'flow.label',
  'flow.start_unknown',
  'flow.target_unknown',
  'flow.way_unknown',
  'flow.branch_open',
  'flow.branch_dead',
  'flow.no_next',
  'flow.no_end',
  'flow.circle',
  'flow.unreachable',
  'flow.method_alone',
  'flow.step_not_here',
  'flow.settings',
  'flow.needs_name',
  'flow.needs_proof',
  'flow.named_again',
  'flow.proof_again',
  'flow.early_change',
  'flow.trusted_device_late',
  'flow.way_skips',
  'flow.way_proves_nothing',
  'flow.unproven_end',
  'flow.not_everybody',
  'flow.second_step_hopeless',
  'flow.email_second',
  'flow.second_step_missing',
  'flow.email_alone',
  'flow.sample_address',
  'flow.sign_up_begins',
  'flow.invitation_begins',
  'flow.recovery_order',
  'flow.reveals',
  'flow.condition_constant',
  'flow.condition_unreadable',
  'flow.condition_unknown_name',
  'flow.condition_mistyped',
  'flow.condition_not_bool',
  'flow.condition_not_allowed',
  'flow.condition_too_large',
] as const
export type FlowFindingCode = (typeof flowFindingCodes)[number]

/** What is wrong with a flow, and where. `path` leads to it: `nodes.password.next.0.when`. */
export type FlowFinding = {
  code: FlowFindingCode
  path: string
  /** An error keeps it from being published, a hint does not. */
  level: 'error' | 'hint'
  data?: Record<string, string | number>
}

/** Whose flow it is: null is the ready-made one. `name` is another than was asked for where staff go the way of everybody. */
export type FlowSource = { organizationId: string | null; name: FlowName; version: number }

/** A flow of an organization, as those see it who look after it. */
export type FlowView = {
  name: FlowName
  /** What counts there, and what would if nothing of its own were published. */
  effective: { flow: Flow; source: FlowSource }
  inherited: { flow: Flow; source: FlowSource }
  draft: Draft | null
  /** The count that a change of the draft names. */
  draftVersion: number
}

/** A step as it stands in a list. `number` is null for the end, and 0 for what is no place of its own. */
export type OutlineStep = {
  id: string
  node: FlowNode
  number: number
  /** Off the line that somebody walks for whom no condition holds. */
  isAside: boolean
  leads: { when: string | null; to: string | null; number: number | null }[]
  ways: OutlineStep[]
}
export type FlowOutline = { steps: OutlineStep[]; unused: OutlineStep[] }

/** Where an attempt stands: the node that has to be answered, and the node or method (`second/totp`) that is shown for it. */
export type Position = { node: string; at: string }

/** Nodes that the engine adds to every flow, whatever it says: what the organization and the account demand is asked anyway. */
export const guardNodes = { trusted: '~trusted', second: '~second', enrol: '~enrol', password: '~password' } as const

export const failures = {
  'flow.invalid': 400,
  'flow.unknown': 404,
  'flow.changed_elsewhere': 412,
  'flow.has_errors': 409,
  'flow.no_draft': 409,
  'flow.version_unknown': 404,
} as const
