/** The emails that come with the build: files in email-templates/, read once. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { builtInLocales } from '#core/texts/contract'
import { processState } from '#platform/process'
import { type EmailTemplate, EmailWords, emailTemplates } from './contract.ts'
import { ToldRole } from './rules.ts'

export type Words = Record<string, string | null>

/** What a template is shown with where nobody is written to. */
const Sample = z.strictObject({
  name: z.string().optional(),
  email: z.string(),
  code: z.string().optional(),
  ticket: z.string().optional(),
  minutes: z.number().optional(),
  at: z.iso.datetime().optional(),
  device: z.string().optional(),
  network: z.string().optional(),
  methods: z.array(z.string()).optional(),
  named: z.string().optional(),
  left: z.number().optional(),
  by: z.string().optional(),
  inviter: z.string().optional(),
  invitee: z.string().optional(),
  whom: z.string().optional(),
  usernames: z.array(z.string()).optional(),
  isStaff: z.boolean().optional(),
  roles: z.array(ToldRole).optional(),
  words: z.string().optional(),
  until: z.iso.datetime().optional(),
})
export type Sample = z.infer<typeof Sample>

export type BuiltIn = {
  /** Changes with the layout and the parts. */
  version: string
  layout: string
  parts: Record<string, string>
  templates: Record<EmailTemplate, { mjml: string; words: ReadonlyMap<string, Words>; sample: Sample }>
}

/** The file's form is for people; here a word is a word, the subject as well. */
export const flatten = ({ subject, preheader, words }: EmailWords): Words => ({
  ...words,
  ...(subject === undefined ? {} : { subject }),
  ...(preheader === undefined ? {} : { preheader }),
})

/** Relative to where the process stands: bundlers move modules. */
const folder = () => join(/* turbopackIgnore: true */ process.cwd(), 'email-templates')

function read(): BuiltIn {
  const text = (...path: string[]) => readFileSync(join(folder(), ...path), 'utf8')
  const json = (...path: string[]): unknown => JSON.parse(text(...path))
  const common = (locale: string) => z.record(z.string(), z.string()).parse(json('texts', `${locale}.json`))
  const wordsOf = (name: string, locale: string): Words => ({
    ...common(locale),
    ...flatten(EmailWords.parse(json(name, 'texts', `${locale}.json`))),
  })
  const templates = emailTemplates.map((name) => [
    name,
    {
      mjml: text(name, `${name}.mjml`),
      words: new Map(builtInLocales.map((locale) => [locale, wordsOf(name, locale)])),
      sample: Sample.parse(json(name, 'sample.json')),
    },
  ])
  const names = readdirSync(join(folder(), 'parts')).filter((name) => name.endsWith('.mjml'))
  const parts = Object.fromEntries(names.map((name) => [name.slice(0, -'.mjml'.length), text('parts', name)]))
  const layout = text('layout.mjml')
  return {
    version: createHash('sha256')
      .update(JSON.stringify([layout, parts]))
      .digest('base64url')
      .slice(0, 12),
    layout,
    parts,
    templates: Object.fromEntries(templates) as BuiltIn['templates'],
  }
}

const state = () => processState<{ builtIn: BuiltIn }>('emails.built-in', () => ({ builtIn: read() }))

export const builtIn = (): BuiltIn => state().builtIn

/** While somebody edits the files: the next email shows what they wrote. */
export function rereadEmails(): void {
  state().builtIn = read()
}
