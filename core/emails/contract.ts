/** The words of emails: which there are, what each has to say, and what an organization may say differently. */
import { z } from 'zod'

export const emailTemplates = [
  'verify-email',
  'account-exists',
  'welcome',
  'recover-password',
  'sign-in-code',
  'password-changed',
  'second-step-added',
  'second-step-removed',
  'new-device',
  'passkey-added',
  'passkey-removed',
  'phone-added',
  'phone-removed',
  'recovery-codes-made',
  'recovery-code-used',
  'account-secured',
  'recovery-requested',
  'recovery-request-for-administrators',
  'recovery-approved',
  'recovery-declined',
  'recovery-ready',
  'recovery-cancelled',
  'username-reminder',
  'invitation',
  'invitation-request',
  'account-created',
  'password-reset-by-administrator',
  'second-step-reset-by-administrator',
  'sign-up-approved',
  'sign-up-declined',
  'business-invitation',
  'business-approved',
  'business-declined',
] as const
export type EmailTemplate = (typeof emailTemplates)[number]

/** What an email may tell beside what all of them know. */
export type Told =
  | 'by'
  | 'inviter'
  | 'invitee'
  | 'whom'
  | 'usernames'
  | 'is-staff'
  | 'roles'
  | 'message'
  | 'until'
  | 'help'
  | 'left'

type Definition = {
  /** The page that the button opens; null where there is nothing left to do. */
  leadsTo:
    | 'verify'
    | 'reset'
    | 'sign-in'
    | 'recover'
    | 'recover/cancel'
    | 'recover/factor'
    | 'organization/people/recovery'
    | 'invitation'
    | 'start'
    | 'secure'
    | null
  /** The button's link works once. */
  hasLink: boolean
  /** Shows the code beside that link. */
  hasCode: boolean
  /** Tells of something that happened to the account: when, on which device, from where, by what, and who did it. */
  isSecurity: boolean
  tells: readonly Told[]
}

const plain = { hasLink: false, hasCode: false, isSecurity: false, tells: [] } as const
/** Something has happened to an account: the button is the way out for whoever it was not. */
const notice = { ...plain, leadsTo: 'secure', hasLink: true, isSecurity: true } as const

export const definitions: Readonly<Record<EmailTemplate, Definition>> = {
  'verify-email': { ...plain, leadsTo: 'verify', hasLink: true, hasCode: true },
  'account-exists': { ...plain, leadsTo: 'sign-in' },
  welcome: { ...plain, leadsTo: 'sign-in' },
  'recover-password': { ...plain, leadsTo: 'reset', hasLink: true, hasCode: true },
  'password-changed': notice,
  'second-step-added': notice,
  'second-step-removed': notice,
  'new-device': notice,
  'passkey-added': notice,
  'passkey-removed': notice,
  'phone-added': notice,
  'phone-removed': notice,
  'recovery-codes-made': notice,
  'recovery-code-used': { ...notice, tells: ['left'] },
  'account-secured': { ...plain, leadsTo: 'reset', hasLink: true, isSecurity: true, tells: ['until'] },
  'sign-in-code': { ...plain, leadsTo: 'sign-in', hasLink: true, hasCode: true },
  'recovery-requested': { ...plain, leadsTo: 'recover/cancel', hasLink: true, isSecurity: true },
  'recovery-request-for-administrators': { ...plain, leadsTo: 'organization/people/recovery', tells: ['whom'] },
  'recovery-approved': { ...plain, leadsTo: 'recover/cancel', hasLink: true, isSecurity: true, tells: ['until'] },
  'recovery-declined': { ...plain, leadsTo: null, tells: ['help'] },
  'recovery-ready': { ...plain, leadsTo: 'recover/factor', hasLink: true, tells: ['until'] },
  'recovery-cancelled': { ...plain, leadsTo: 'recover', isSecurity: true },
  'username-reminder': { ...plain, leadsTo: 'sign-in', tells: ['usernames'] },
  invitation: {
    ...plain,
    leadsTo: 'invitation',
    hasLink: true,
    tells: ['inviter', 'is-staff', 'roles', 'message', 'until'],
  },
  'invitation-request': { ...plain, leadsTo: 'sign-in', tells: ['invitee'] },
  'account-created': { ...plain, leadsTo: 'reset', hasLink: true, tells: ['by', 'until'] },
  'password-reset-by-administrator': {
    ...plain,
    leadsTo: 'reset',
    hasLink: true,
    isSecurity: true,
    tells: ['by', 'until'],
  },
  'second-step-reset-by-administrator': { ...plain, leadsTo: 'sign-in', isSecurity: true, tells: ['by'] },
  'sign-up-approved': { ...plain, leadsTo: 'sign-in' },
  'sign-up-declined': { ...plain, leadsTo: null, tells: ['help'] },
  'business-invitation': { ...plain, leadsTo: 'start', hasLink: true, tells: ['inviter', 'message', 'until'] },
  'business-approved': { ...plain, leadsTo: 'sign-in' },
  'business-declined': { ...plain, leadsTo: null, tells: ['help'] },
}

export const isEmailTemplate = (name: string): name is EmailTemplate =>
  (emailTemplates as readonly string[]).includes(name)

const Word = z.string().max(1000).nullable()

/**
 * What an organization says differently in one language, at emails/<template>/<locale>.json and in the document
 * '<template>/<locale>'. What is left out is inherited; null takes it back to the built-in words.
 */
export const EmailWords = z.strictObject({
  subject: z.string().min(1).max(150).nullable().optional(),
  preheader: z.string().max(250).nullable().optional(),
  words: z.record(z.string(), Word).optional(),
})
export type EmailWords = z.infer<typeof EmailWords>

/** How an organization draws an email, in the document '<template>'. Null takes an inherited drawing back. */
export const EmailDrawing = z.strictObject({
  mjml: z.string().max(65_536).nullable().optional(),
  /** The plain text part, where it should not be what follows from the drawing. */
  text: z.string().max(20_000).nullable().optional(),
})
export type EmailDrawing = z.infer<typeof EmailDrawing>

/** What keeps an email from being published. Codes are stable, messages are for the designer. */
export type EmailProblem = { code: string; at: string; message: string }

/** An email as somebody receives it. */
export type RenderedEmail = { subject: string; html: string; text: string }

/** A mail in the built-in mailbox, or a short message, which has a text and nothing else. */
export type ReceivedMail = {
  id: string
  kind: 'email' | 'sms'
  to: string
  from: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  /** Handle. */
  organization: string
  template: string
  /** ISO 8601. */
  at: string
}

export const failures = {
  'emails.invalid': 422,
  'emails.unknown_folder': 404,
  'emails.unreadable': 500,
} as const
