// Flows to begin with. Whoever publishes none has the four defaults; the others are one choice away, and a draft to go on from.

import { checkFlow, hasErrors } from './checks.ts'
import {
  type Catalogue,
  endOfFlow,
  type Flow,
  type FlowName,
  type FlowNode,
  type FlowPurpose,
  sampleAddress,
} from './contract.ts'

export type ReadyMade = { key: string; purpose: FlowPurpose; flow: Flow }

const password = (more: Partial<FlowNode> = {}): FlowNode => ({
  step: 'password',
  settings: { withIdentifier: true },
  next: endOfFlow,
  ...more,
})
const passkey = (more: Partial<FlowNode> = {}): FlowNode => ({ step: 'passkey', ...more })
const flow = (label: string, start: string, nodes: Record<string, FlowNode>): Flow => ({ label, start, nodes })

export const readyMade = {
  password: {
    purpose: 'sign-in',
    flow: flow('Password', 'password', { password: password({ ways: ['passkey'] }), passkey: passkey() }),
  },
  'password-and-second-step': {
    purpose: 'sign-in',
    flow: flow('Password and a second step', 'password', {
      password: password({ ways: ['passkey'], next: 'trusted-device' }),
      passkey: passkey(),
      'trusted-device': { step: 'trusted-device', next: 'second-step' },
      'second-step': { step: 'second-step', settings: { required: true }, next: endOfFlow },
    }),
  },
  'identifier-first': {
    purpose: 'sign-in',
    flow: flow('Who first, then the proof', 'identifier', {
      identifier: { step: 'identifier', ways: ['passkey'], next: 'password' },
      password: { step: 'password', ways: ['passkey', 'email-code'], next: endOfFlow },
      passkey: passkey({ next: endOfFlow }),
      'email-code': { step: 'email-code' },
    }),
  },
  'passkey-first': {
    purpose: 'sign-in',
    flow: flow('Passkey first', 'passkey', {
      passkey: passkey({ ways: ['password'], next: endOfFlow }),
      password: password(),
    }),
  },
  'email-code': {
    purpose: 'sign-in',
    flow: flow('A code by email, without a password', 'identifier', {
      identifier: { step: 'identifier', next: 'email-code' },
      'email-code': { step: 'email-code', next: endOfFlow },
    }),
  },
  adaptive: {
    purpose: 'sign-in',
    flow: flow('Passkey or password, and more where it matters', 'passkey', {
      passkey: passkey({ ways: ['password'], next: 'trusted-device' }),
      password: password({ next: 'trusted-device' }),
      'trusted-device': { step: 'trusted-device', next: 'second-step' },
      'second-step': {
        step: 'second-step',
        settings: { required: true },
        when: '!device.isKnown || person.roles.exists(role, role in ["owner", "administrator"])',
        next: endOfFlow,
      },
    }),
  },
  'sign-in-with-organizations': {
    purpose: 'sign-in',
    flow: flow('Password, then which organization', 'password', {
      password: password({ ways: ['passkey'], next: 'organization' }),
      passkey: passkey(),
      organization: { step: 'organization', next: endOfFlow },
    }),
  },
  'sign-up': {
    purpose: 'sign-up',
    flow: flow('Sign up', 'details', {
      details: { step: 'details', next: 'verify-email' },
      'verify-email': { step: 'verify-email', next: endOfFlow },
    }),
  },
  'sign-up-with-terms': {
    purpose: 'sign-up',
    flow: flow('Sign up, agree and say more', 'details', {
      details: { step: 'details', next: 'verify-email' },
      'verify-email': { step: 'verify-email', next: 'terms' },
      terms: {
        step: 'terms',
        settings: {
          documents: [
            {
              id: 'terms',
              version: 1,
              title: {
                en: 'Terms of use',
                de: 'Nutzungsbedingungen',
                pt: 'Condições de utilização',
                ar: 'شروط الاستخدام',
              },
              url: `${sampleAddress}/terms`,
            },
          ],
        },
        next: 'profile',
      },
      profile: { step: 'profile', next: endOfFlow },
    }),
  },
  'sign-up-without-password': {
    purpose: 'sign-up',
    flow: flow('Sign up without a password', 'details', {
      details: { step: 'details', settings: { password: false }, next: 'verify-email' },
      'verify-email': { step: 'verify-email', next: 'offer-passkey' },
      'offer-passkey': { step: 'offer-passkey', next: endOfFlow },
    }),
  },
  recovery: {
    purpose: 'recovery',
    flow: flow('Recovery', 'identifier', {
      identifier: { step: 'identifier', next: 'mailbox' },
      mailbox: { step: 'mailbox', next: 'choose-password' },
      'choose-password': { step: 'choose-password', next: endOfFlow },
    }),
  },
  invitation: {
    purpose: 'invitation',
    flow: flow('Invitation', 'invitation', { invitation: { step: 'invitation', next: endOfFlow } }),
  },
} as const satisfies Record<string, Omit<ReadyMade, 'key'>>

export type ReadyMadeKey = keyof typeof readyMade
export const readyMadeKeys = Object.keys(readyMade) as ReadyMadeKey[]

/** Those whose steps a build has, with settings that it knows. */
export const offered = (catalogue: Catalogue): ReadyMade[] =>
  readyMadeKeys
    .map((key) => ({ key, ...readyMade[key] }))
    .filter(({ flow: made, purpose }) => !hasErrors(checkFlow(made, purpose, catalogue, relaxed).findings))

const relaxed = { secondFactorRequired: false }

/** What is walked where nobody along the chain has published anything; staff go on in the same flow as everybody. */
export const defaultFlows: Record<Exclude<FlowName, 'sign-in-staff'>, ReadyMadeKey> = {
  'sign-in': 'password',
  'sign-up': 'sign-up',
  recovery: 'recovery',
  invitation: 'invitation',
}
