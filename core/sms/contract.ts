/** The words of short messages: which there are, what each has to say, and what an organization may say differently. */
import { z } from 'zod'

/** What may have happened to an account when a phone is told of it; each is a word of the template 'security-notice'. */
export const happenings = [
  'password-changed',
  'phone-added',
  'phone-removed',
  'second-step-removed',
  'recovery-requested',
  'account-secured',
] as const
export type Happening = (typeof happenings)[number]

/** Of each template, whether it carries a code. */
export const definitions = {
  'sign-in-code': { hasCode: true },
  'verify-phone': { hasCode: true },
  'security-notice': { hasCode: false },
} as const
/** The word of a template that is the message itself. */
export const whole = 'text'
export type SmsTemplate = keyof typeof definitions
export type CodeTemplate = 'sign-in-code' | 'verify-phone'
export const smsTemplates = Object.keys(definitions) as SmsTemplate[]

export const isSmsTemplate = (name: string): name is SmsTemplate => Object.hasOwn(definitions, name)

/**
 * What an organization says differently in one language, in the document '<template>/<locale>'. What is left out is
 * inherited; null takes it back to the built-in words.
 */
export const SmsWords = z.record(z.string().max(40), z.string().min(1).max(600).nullable())
export type SmsWords = z.infer<typeof SmsWords>

/** What keeps words from being published. Codes are stable, messages are for whoever writes them. */
export type SmsProblem = { code: string; at: string; message: string }

/** A number as it is kept and dialled everywhere (E.164). */
export const e164 = /^\+[1-9]\d{6,14}$/

/** More than this is never sent: each part of a message costs as much as a whole one. */
export const mostSegments = 3

/** What is handed to a gateway. `id` is the same for every try, so that a gateway can recognise a repeated one. */
export type OutgoingSms = { id: string; to: string; from: string; text: string }

export const failures = {
  'sms.too_many': 429,
  'sms.not_available': 409,
  'sms.country_not_served': 422,
  'sms.invalid': 422,
} as const
