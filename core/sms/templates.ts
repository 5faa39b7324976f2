/** The short messages that come with the build: files in sms-templates/, read once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { builtInLocales } from '#core/texts/contract'
import { processState } from '#platform/process'
import type { SmsTemplate } from './contract.ts'

export type Words = Record<string, string | null>
export type BuiltIn = Readonly<Record<SmsTemplate, ReadonlyMap<string, Words>>>

/** Relative to where the process stands: bundlers move modules. */
const folder = () => join(/* turbopackIgnore: true */ process.cwd(), 'sms-templates')

const wordsOf = (template: SmsTemplate, locale: string): Words =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(folder(), template, `${locale}.json`), 'utf8')))

const languagesOf = (template: SmsTemplate): ReadonlyMap<string, Words> =>
  new Map(builtInLocales.map((locale) => [locale, wordsOf(template, locale)]))

const read = (): BuiltIn => ({
  'sign-in-code': languagesOf('sign-in-code'),
  'verify-phone': languagesOf('verify-phone'),
  'security-notice': languagesOf('security-notice'),
})

const state = () => processState<{ builtIn: BuiltIn }>('sms.built-in', () => ({ builtIn: read() }))

export const builtIn = (): BuiltIn => state().builtIn

/** While somebody edits the files: the next message says what they wrote. */
export function rereadSms(): void {
  state().builtIn = read()
}
