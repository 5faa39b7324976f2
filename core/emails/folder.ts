/**
 * An organization's emails as designers keep them: emails/<template>/<locale>.json for words, emails/<template>.mjml for a
 * drawing and emails/<template>.txt for a plain text part of its own, in the brand's folder. Read by an allow-list of
 * names and with limits, checked whole, so that a designer hears of every mistake at once.
 */
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Actor } from '#core/authority/contract'
import { listPublished, publish } from '#core/documents'
import { checkTexts, directionOf } from '#core/texts'
import { localeName } from '#core/texts/contract'
import { baseTheme, resolveSources } from '#core/themes'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { compileApart } from './compiler.ts'
import {
  definitions,
  type EmailDrawing,
  type EmailProblem,
  type EmailTemplate,
  EmailWords,
  emailTemplates,
  isEmailTemplate,
} from './contract.ts'
import { lookOf } from './look.ts'
import { valuesKnownTo, valuesNeededBy } from './render.ts'
import { builtIn, flatten, type Words } from './templates.ts'

/** Documents by name, as they will be published, and what keeps them from it. */
export type PreparedEmails = { documents: Map<string, EmailWords | EmailDrawing>; problems: EmailProblem[] }

const wordsLimit = 20 * 1024
const fileLimit = 64 * 1024

const problem = (code: string, at: string, message: string): EmailProblem => ({ code, at, message })

/**
 * What the words of a template may ask for, said as words that ask for all of it: a placeholder that is always filled may
 * stand in every word, one that may be empty only where the built-in word has it.
 */
function patternsOf(template: EmailTemplate): Words {
  const { hasCode, isSecurity, tells } = definitions[template]
  const always = [
    '{organization} {email}',
    hasCode ? '{code} {minutes, number}' : '',
    isSecurity ? '{at, date} {at, time}' : '',
    tells.includes('until') ? '{until, date} {until, time}' : '',
    tells.includes('invitee') ? '{invitee}' : '',
    tells.includes('left') ? '{left, number}' : '',
    tells.includes('whom') ? '{whom}' : '',
  ].join(' ')
  const words = builtIn().templates[template].words.get('en') ?? {}
  return Object.fromEntries(Object.entries(words).map(([key, word]) => [key, `${always} ${word ?? ''}`]))
}

/** What is wrong with an email's words in one language. */
export function checkEmailWords(
  template: EmailTemplate,
  value: unknown,
  at: string,
): { body: EmailWords; problems: EmailProblem[] } {
  const parsed = EmailWords.safeParse(value)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || at}: ${issue.message}`)
    return { body: {}, problems: issues.map((message) => problem('emails.field', at, `${at} ${message}`)) }
  }
  const { words = {} } = parsed.data
  const problems = checkTexts(flatten(parsed.data), at, patternsOf(template)).problems
  for (const name of ['subject', 'preheader'])
    if (Object.hasOwn(words, name))
      problems.push(problem('emails.field', at, `${at}: ${name} stands beside "words", not in it`))
  if (JSON.stringify(parsed.data).length > wordsLimit)
    problems.push(problem('emails.too_large', at, `${at} is larger than ${wordsLimit / 1024} KB`))
  return { body: parsed.data, problems }
}

/** Gmail cuts off what is larger; the words and the addresses of a message come on top. */
const htmlLimit = 80 * 1024

/** What is wrong with a drawing: compiled as it will be, in both directions. */
export async function checkEmailDrawing(
  template: EmailTemplate,
  { mjml, text }: EmailDrawing,
  at: string,
): Promise<EmailProblem[]> {
  const { layout, parts, templates } = builtIn()
  const theme = resolveSources(baseTheme(), [])
  const found = new Map<string, EmailProblem>()
  for (const locale of ['en', 'ar']) {
    const dir = directionOf(locale)
    const { html, problems } = await compileApart({
      template,
      layout,
      parts,
      source: mjml ?? templates[template].mjml,
      text: text ?? null,
      isForeign: typeof mjml === 'string',
      known: valuesKnownTo(template),
      needed: valuesNeededBy(template),
      look: lookOf(theme, locale, dir),
      locale,
      dir,
    })
    for (const { code, message } of problems) found.set(message, problem(code, at, `${at}: ${message}`))
    if (html.length > htmlLimit)
      found.set('size', problem('emails.too_large', at, `${at} becomes larger than ${htmlLimit / 1024} KB`))
    // A mistake is the same in either direction; one that keeps the compiler busy is not tried twice.
    if (found.size > 0) break
  }
  return [...found.values()]
}

const brandName = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
/** A name is a brand that comes with the build; anything else is a path. */
const folderOf = (folder: string) =>
  brandName.test(folder) ? join(/* turbopackIgnore: true */ process.cwd(), 'themes', folder) : resolve(folder)

/** The text of a plain file; links are not followed out of a brand's folder. */
async function textOf(path: string, at: string, problems: EmailProblem[]): Promise<string | null> {
  const found = await lstat(path).catch(() => null)
  if (!found) return null
  if (!found.isFile()) problems.push(problem('emails.file', at, `${at} is not a plain file`))
  else if (found.size > fileLimit)
    problems.push(problem('emails.too_large', at, `${at} is larger than ${fileLimit / 1024} KB`))
  else return readFile(path, 'utf8')
  return null
}

const isFolder = async (path: string) => (await lstat(path).catch(() => null))?.isDirectory() ?? false

async function readWords(folder: string, template: EmailTemplate, prepared: PreparedEmails): Promise<void> {
  const { documents, problems } = prepared
  if (!(await isFolder(join(folder, template)))) return
  for (const name of (await readdir(join(folder, template))).sort()) {
    const at = `emails/${template}/${name}`
    const locale = name.replace(/\.json$/, '')
    if (!name.endsWith('.json') || !localeName.safeParse(locale).success) {
      problems.push(problem('emails.file', at, `${at} is not named by a language tag such as de.json or de-AT.json`))
      continue
    }
    const text = await textOf(join(folder, template, name), at, problems)
    if (text === null) continue
    try {
      const checked = checkEmailWords(template, JSON.parse(text), at)
      documents.set(`${template}/${locale}`, checked.body)
      problems.push(...checked.problems)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'unreadable'
      problems.push(problem('emails.json', at, `${at} is not JSON: ${reason}`))
    }
  }
}

async function readDrawing(folder: string, template: EmailTemplate, prepared: PreparedEmails): Promise<void> {
  const { documents, problems } = prepared
  const mjml = await textOf(join(folder, `${template}.mjml`), `emails/${template}.mjml`, problems)
  const text = await textOf(join(folder, `${template}.txt`), `emails/${template}.txt`, problems)
  if (mjml === null && text === null) return
  const drawing = { ...(mjml === null ? {} : { mjml }), ...(text === null ? {} : { text }) }
  documents.set(template, drawing)
  const at = mjml === null ? `emails/${template}.txt` : `emails/${template}.mjml`
  problems.push(...(await checkEmailDrawing(template, drawing, at)))
}

/** Reads and checks the emails of a brand's folder. Call it before a transaction is opened. */
export async function prepareEmails(folder: string): Promise<PreparedEmails> {
  const directory = folderOf(folder)
  if (!(await isFolder(directory))) return fail('emails.unknown_folder')
  const emails = join(directory, 'emails')
  const prepared: PreparedEmails = { documents: new Map(), problems: [] }
  if (!(await isFolder(emails))) return prepared
  for (const name of (await readdir(emails)).sort()) {
    if (!isEmailTemplate(name.replace(/\.(?:mjml|txt)$/, '')))
      prepared.problems.push(problem('emails.file', `emails/${name}`, `emails/${name}: there is no such email`))
  }
  for (const template of emailTemplates) {
    await readWords(emails, template, prepared)
    await readDrawing(emails, template, prepared)
  }
  return prepared
}

/** The order of keys in jsonb is the database's own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, child: unknown) =>
    child !== null && typeof child === 'object' && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  )

/**
 * Publishes what was prepared; refused whole where something is wrong. What is unchanged stays as it is, and what is not
 * among it any more is emptied.
 */
export async function pushEmails(
  tx: Tx,
  by: Actor,
  { documents, problems }: PreparedEmails,
  note?: string,
): Promise<{ changed: number }> {
  if (problems.length > 0) fail('emails.invalid', undefined, { problems })
  const before = new Map((await listPublished(tx, 'email')).map(({ name, body }) => [name, canonical(body)]))
  const wanted = new Map<string, unknown>(documents)
  for (const name of before.keys()) if (!wanted.has(name)) wanted.set(name, {})
  let changed = 0
  for (const [name, body] of wanted) {
    if (before.get(name) === canonical(body)) continue
    await publish(tx, by, 'email', name, body, note)
    changed += 1
  }
  return { changed }
}
