/** The words of emails: which there are, what each has to say, and what an organization may say differently. */
import { z } from 'zod'

export const emailTemplates = [
  'verify-email',
  'account-exists',
  'welcome',
  'recover-password',
  'password-changed',
  'second-step-added',
  'second-step-removed',
] as const
export type EmailTemplate = (typeof emailTemplates)[number]

type Definition = {
  /** The page that the button opens. */
  leadsTo: 'verify' | 'reset' | 'sign-in' | 'recover'
  /** Carries a one-time link and the code beside it. */
  hasCode: boolean
  /** Tells of something that happened to the account, with its time and device. */
  isSecurity: boolean
}

export const definitions: Readonly<Record<EmailTemplate, Definition>> = {
  'verify-email': { leadsTo: 'verify', hasCode: true, isSecurity: false },
  'account-exists': { leadsTo: 'sign-in', hasCode: false, isSecurity: false },
  welcome: { leadsTo: 'sign-in', hasCode: false, isSecurity: false },
  'recover-password': { leadsTo: 'reset', hasCode: true, isSecurity: false },
  'password-changed': { leadsTo: 'recover', hasCode: false, isSecurity: true },
  'second-step-added': { leadsTo: 'recover', hasCode: false, isSecurity: true },
  'second-step-removed': { leadsTo: 'recover', hasCode: false, isSecurity: true },
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

/** A mail in the built-in mailbox. */
export type ReceivedMail = {
  id: string
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
