/**
 * From a drawing to what a message is rendered from: checked, compiled strictly, looked at as a mail program will, put
 * into plain text, painted in both schemes. Runs in a thread of its own (see compile-worker.ts), because what an
 * organization drew may be made to never end.
 */
import mjml2html from 'mjml'
import { compose } from './compose.ts'
import { checkContext } from './context.ts'
import { paint } from './dark.ts'
import type { CompileJob, CompileProblem, CompileResult } from './job.ts'
import { checkMarkup } from './markup.ts'
import { type Known, readPlaceholders } from './placeholders.ts'
import { plainTextOf } from './plain.ts'

type MjmlError = { line?: number; tagName?: string; message: string }

const problem = (code: string, message: string): CompileProblem => ({ code, message })
const refused = (problems: CompileProblem[]): CompileResult => ({ html: '', text: '', problems })

/** MJML in strict mode: what it does not know is an error, and nothing is ever included from a file. */
async function strictly(mjml: string): Promise<{ html: string; problems: CompileProblem[] }> {
  try {
    const { html, errors } = await mjml2html(mjml, { validationLevel: 'strict', fonts: {}, ignoreIncludes: true })
    return { html, problems: errors.map(({ message }) => problem('emails.mjml', message)) }
  } catch (cause) {
    const { errors, message } = cause as { errors?: MjmlError[]; message?: string }
    const found = errors?.map((error) => problem('emails.mjml', `<${error.tagName}>: ${error.message}`))
    return { html: '', problems: found ?? [problem('emails.mjml', message?.split('\n')[0] ?? 'cannot be compiled')] }
  }
}

/** The compiler indents generously; nobody reads it, everybody downloads it. */
const withoutIndentation = (html: string) => html.replace(/[ \t]*\n[ \t\n]*/g, '\n').trim()

/** A value that has to be there, as a whole address or in the words. */
const missing = (html: string, needed: readonly string[], known: Known): CompileProblem[] =>
  needed
    .filter((name) => !html.includes(known.get(name) === 'url' ? `href="{{${name}}}"` : `{{${name}}}`))
    .map((name) => problem('emails.value_missing', `{{${name}}} is missing: without it this email is of no use`))

const placeholderProblems = (source: string, known: Known, where: string) =>
  readPlaceholders(source, known).problems.map((message) => problem('emails.placeholder', `${where}${message}`))

export async function compile(job: CompileJob): Promise<CompileResult> {
  const known: Known = new Map(job.known)
  const before = job.isForeign ? checkMarkup(job) : []
  if (before.length > 0) return refused(before)
  const { mjml, problems } = compose(job)
  if (problems.length > 0) return refused(problems)
  const { html: compiled, problems: mistakes } = await strictly(mjml)
  if (mistakes.length > 0) return refused(mistakes)
  const html = withoutIndentation(compiled)
  const text = job.text ?? plainTextOf(html)
  const after = [
    ...placeholderProblems(html, known, ''),
    ...checkContext(html, known),
    ...missing(html, job.needed, known),
    ...placeholderProblems(text, known, 'plain text: '),
    ...(job.text === null ? [] : missing(text.replaceAll(/\{\{\s*link\s*\}\}/g, 'href="{{link}}"'), job.needed, known)),
  ]
  return after.length > 0 ? refused(after) : { html: paint(html, job.look), text, problems: [] }
}
