// The settings of short messages: a gateway with an interface of its own, described rather than programmed.

import { z } from 'zod'
import { type BodyFormat, bodyFormats, placeholdersOf } from './filled-body.ts'

export type SmsGateway = { url: string; headers: Record<string, string>; body: string; format: BodyFormat }

export const smsHelp = {
  SMS_GATEWAY_URL:
    'Address that short messages are posted to. Empty: production sends none; demo and dev show them at /dev/mail.',
  SMS_GATEWAY_HEADERS: 'Headers of these requests as JSON, for example {"Authorization":"Bearer …"}.',
  SMS_GATEWAY_FORMAT: 'How the body is written: json or form. Default: json.',
  SMS_GATEWAY_BODY:
    'The body, in which {{to}} {{from}} {{text}} {{id}} are filled in. Default: {"to":"{{to}}","from":"{{from}}","text":"{{text}}","id":"{{id}}"}, or the same as a form.',
  SMS_FROM: 'What short messages come from: a number or a name that the gateway knows.',
  SMS_COUNTRIES: 'Comma-separated countries whose numbers are served, for example DE,AT,PT. Default: all.',
} as const

const usualBodies: Record<BodyFormat, string> = {
  json: '{"to":"{{to}}","from":"{{from}}","text":"{{text}}","id":"{{id}}"}',
  form: 'to={{to}}&from={{from}}&text={{text}}&id={{id}}',
}

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/
const Headers = z.record(z.string().regex(headerName), z.string().regex(/^[\t\x20-\x7e]*$/))

const readHeaders = (value: string): Record<string, string> | null => {
  try {
    return Headers.parse(JSON.parse(value))
  } catch {
    return null
  }
}

const isGatewayUrl = (value: string): boolean => {
  const read = URL.canParse(value) ? new URL(value) : null
  return read !== null && ['http:', 'https:'].includes(read.protocol) && read.username === '' && read.hash === ''
}

export const smsSettings = {
  SMS_GATEWAY_URL: z
    .string()
    .refine(
      isGatewayUrl,
      'SMS_GATEWAY_URL is an http or https address without a user: credentials go into SMS_GATEWAY_HEADERS',
    )
    .optional(),
  SMS_GATEWAY_HEADERS: z
    .string()
    .refine((value) => readHeaders(value) !== null, 'SMS_GATEWAY_HEADERS is a JSON object of header names and values')
    .optional(),
  SMS_GATEWAY_FORMAT: z
    .enum(bodyFormats, { error: `SMS_GATEWAY_FORMAT is one of ${bodyFormats.join(', ')}` })
    .default('json'),
  SMS_GATEWAY_BODY: z.string().optional(),
  SMS_FROM: z
    .string()
    .regex(/^(?:\+?\d{3,15}|[\x20-\x7e]{1,11})$/, 'SMS_FROM is a number, or a name of at most 11 characters')
    .optional(),
  SMS_COUNTRIES: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim().toUpperCase())
        .filter(Boolean),
    )
    .refine(
      (parts) => parts.every((part) => /^[A-Z]{2}$/.test(part)),
      'SMS_COUNTRIES lists countries by their two letters, separated by commas',
    ),
}

type Given = {
  SMS_GATEWAY_URL?: string | undefined
  SMS_GATEWAY_HEADERS?: string | undefined
  SMS_GATEWAY_FORMAT: BodyFormat
  SMS_GATEWAY_BODY?: string | undefined
  SMS_FROM?: string | undefined
}

const bodyOf = ({ SMS_GATEWAY_BODY, SMS_GATEWAY_FORMAT }: Given) => SMS_GATEWAY_BODY ?? usualBodies[SMS_GATEWAY_FORMAT]

/** What is wrong with the gateway as a whole. */
export const missingForSms = (given: Given): string[] => {
  if (given.SMS_GATEWAY_URL === undefined) return []
  const found = placeholdersOf(given.SMS_GATEWAY_FORMAT, bodyOf(given))
  if (!found) return [`SMS_GATEWAY_BODY is no ${given.SMS_GATEWAY_FORMAT} that could be filled in`]
  const strange = [...found].filter((name) => !['to', 'from', 'text', 'id'].includes(name))
  return [
    ...strange.map((name) => `SMS_GATEWAY_BODY has {{${name}}}, which is never filled in`),
    found.has('to') && found.has('text') ? '' : 'SMS_GATEWAY_BODY needs {{to}} and {{text}}',
    found.has('from') && given.SMS_FROM === undefined
      ? 'SMS_FROM is missing: the number or name that short messages come from'
      : '',
  ].filter(Boolean)
}

/** The gateway; null where none is set. */
export const readSmsGateway = (given: Given): SmsGateway | null =>
  given.SMS_GATEWAY_URL === undefined
    ? null
    : {
        url: given.SMS_GATEWAY_URL,
        headers: readHeaders(given.SMS_GATEWAY_HEADERS ?? '{}') ?? {},
        body: bodyOf(given),
        format: given.SMS_GATEWAY_FORMAT,
      }
