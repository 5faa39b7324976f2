// What is known of every step, for tests of flows that need no engine: where it may stand, what it needs, what it proves and what can
// be set. core/flows/catalogue.test.ts holds it against the steps of the engine.

import { z } from 'zod'
import {
  type Catalogue,
  type FlowPurpose,
  type ProofKind,
  type StepId,
  type StepTraits,
  secondMethods,
  usualSecondMethods,
} from '#core/flows/contract'

const nothingToSet = z.strictObject({})
const withIdentifier = z.strictObject({
  /** The page asks who somebody is as well: one page instead of two. */
  withIdentifier: z.boolean().default(false),
})

const step = (
  id: StepId,
  purposes: readonly FlowPurpose[],
  needs: StepTraits['needs'],
  proves: ProofKind | null,
  settings: z.ZodType = nothingToSet,
): StepTraits => ({ id, label: `step.${id}`, purposes, needs, proves, settings })

const steps: readonly StepTraits[] = [
  step('identifier', ['sign-in', 'recovery'], 'nothing', null),
  step('password', ['sign-in'], 'name', 'password', withIdentifier),
  step('passkey', ['sign-in'], 'nothing', 'passkey'),
  step('email-code', ['sign-in'], 'name', 'email-code', withIdentifier),
  step('sms-code', ['sign-in'], 'name', 'sms-code', withIdentifier),
  { ...step('trusted-device', ['sign-in', 'invitation'], 'proof', null), isSilent: true },
  step(
    'second-step',
    ['sign-in', 'sign-up', 'invitation'],
    'proof',
    null,
    z.strictObject({
      methods: z
        .array(z.enum(secondMethods))
        .min(1)
        .refine((methods) => new Set(methods).size === methods.length, 'each method once')
        .default([...usualSecondMethods]),
      /** Whoever has none has to add one. */
      required: z.boolean().default(false),
      /** Even in a browser that was trusted. */
      always: z.boolean().default(false),
    }),
  ),
  step('totp', [], 'proof', null),
  step('recovery-code', [], 'proof', null),
  step('help', [], 'proof', null),
  step('enrol', ['sign-in', 'sign-up', 'invitation'], 'proof', null),
  step('new-password', ['sign-in', 'sign-up', 'invitation'], 'proof', null),
  step('terms', ['sign-in', 'sign-up', 'invitation'], 'proof', null, z.looseObject({})),
  step('profile', ['sign-in', 'sign-up', 'invitation'], 'proof', null),
  step('offer-passkey', ['sign-in', 'sign-up', 'invitation'], 'proof', null),
  step('organization', ['sign-in'], 'proof', null),
  step(
    'details',
    ['sign-up'],
    'nothing',
    null,
    z.strictObject({
      /** Without one, people come back by a code or a passkey. */
      password: z.boolean().default(true),
    }),
  ),
  step('verify-email', ['sign-up'], 'name', 'mailbox'),
  step('invitation', ['invitation'], 'nothing', 'mailbox'),
  step('mailbox', ['recovery'], 'name', 'mailbox'),
  step('choose-password', ['recovery'], 'proof', null),
]

export const flowSteps = Object.fromEntries(steps.map((traits) => [traits.id, traits])) as Catalogue
