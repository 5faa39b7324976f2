/**
 * What organizations say differently in short messages: documents of the kind 'sms', one for each template and language,
 * word by word along the chain. The words go through the engine of texts, as those of mails do.
 */
import { LRUCache } from 'lru-cache'
import type { Actor } from '#core/authority/contract'
import { listPublished, publish } from '#core/documents'
import { directory } from '#core/organizations'
import { checkTexts, remembered, textsOf } from '#core/texts'
import { localeName, type Texts } from '#core/texts/contract'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import {
  definitions,
  isSmsTemplate,
  mostSegments,
  type SmsProblem,
  type SmsTemplate,
  SmsWords,
  whole,
} from './contract.ts'
import { textOf } from './render.ts'
import { segmentsOf } from './rules.ts'
import { builtIn, type Words } from './templates.ts'

/** By '<template>/<locale>'. */
type Published = { words: ReadonlyMap<string, Words>; version: string }

const publishedSms = remembered<Published>('sms', async (tx) => {
  const documents = await listPublished(tx, 'sms')
  const words = new Map<string, Words>()
  for (const { name, body } of documents) {
    // Checked when it was published; what an older build let through is left out rather than believed.
    const said = SmsWords.safeParse(body)
    if (said.success) words.set(name, said.data)
    else log.warn({ document: name, organizationId: tx.organizationId }, 'a short message could not be read')
  }
  const versions = documents.map(({ name, version }) => `${name}@${version}`)
  return { words, version: versions.sort().join(',') }
})

const wordsOfTemplate = ({ words }: Published, template: SmsTemplate): Map<string, Words> => {
  const prefix = `${template}/`
  const own = [...words].filter(([name]) => name.startsWith(prefix))
  return new Map(own.map(([name, said]) => [name.slice(prefix.length), said]))
}

/** The words of a short message in one language. Kept as long as nobody of the chain publishes. */
export async function wordsFor(template: SmsTemplate, organizationId: string, locale: string): Promise<Texts> {
  const chain = directory().chain(organizationId)
  const organization = chain.at(-1) ?? fail('organizations.unknown')
  const published = await Promise.all(chain.map(({ id }) => publishedSms(id)))
  const base = builtIn()[template]
  const organizationDefault = organization.locales[0] ?? 'en'
  const made = processState('sms.words', () => new LRUCache<string, { base: unknown; texts: Texts }>({ max: 500 }))
  const versions = published.map(({ version }, index) => `${chain[index]?.id}:${version}`)
  const key = [template, locale, organizationDefault, ...versions].join(' ')
  const known = made.get(key)
  if (known?.base === base) return known.texts
  const layers = chain.map(({ id }, index) => {
    const said = published[index]
    return { organizationId: id, words: said ? wordsOfTemplate(said, template) : new Map<string, Words>() }
  })
  const texts = textsOf({
    locale,
    organizationDefault,
    layers,
    base,
    version: key,
    onProblem: (code, word) =>
      log.warn({ code, word, template, organizationId }, 'words of a short message are missing'),
  })
  made.set(key, { base, texts })
  return texts
}

const problem = (code: string, at: string, message: string): SmsProblem => ({ code, at, message })

/** As long as a message of its kind becomes: a long name, a long host. */
const longest = {
  organization: 'M'.repeat(32),
  host: `${'m'.repeat(36)}.com`,
  code: '482913',
  minutes: 10,
  happened: null,
}

function checkText(template: SmsTemplate, words: Words, locale: string, at: string): SmsProblem[] {
  const base = builtIn()[template]
  const layers = [{ organizationId: '', words: new Map([[locale, words]]) }]
  const texts = textsOf({ locale, organizationDefault: 'en', layers, base, version: at })
  const problems: SmsProblem[] = []
  if (definitions[template].hasCode) {
    // Languages count in forms of their own: the code stands in each of them.
    const forms = [1, 2, 3, 10, 11, 100].map((count) => texts.t(whole, { ...longest, minutes: count, happened: '' }))
    if (!forms.every((form) => form.includes(longest.code)))
      problems.push(problem('sms.code_missing', at, `${at} text: {code} has to stand in it`))
    // Whoever gets used to links beside codes follows the one of a thief.
    if (/https?:|www\./i.test(words.text ?? ''))
      problems.push(problem('sms.link', at, `${at} text: no link stands beside a code`))
  }
  const segments = segmentsOf(textOf(template, texts, longest, { isWhole: true }))
  if (segments > mostSegments)
    problems.push(problem('sms.too_long', at, `${at} takes ${segments} parts where ${mostSegments} are allowed`))
  return problems
}

/** What is wrong with the document `name` ('<template>/<locale>'), and what to publish of it. */
export function checkSmsWords(name: string, value: unknown): { body: SmsWords; problems: SmsProblem[] } {
  const [template = '', locale = '', ...rest] = name.split('/')
  if (!isSmsTemplate(template) || !localeName.safeParse(locale).success || rest.length > 0)
    return { body: {}, problems: [problem('sms.unknown', name, `${name}: there is no such short message`)] }
  const parsed = SmsWords.safeParse(value)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${name} ${issue.path.join('.')}: ${issue.message}`)
    return { body: {}, problems: issues.map((message) => problem('sms.field', name, message)) }
  }
  const found = checkTexts(parsed.data, name, builtIn()[template].get('en') ?? {}).problems
  // What cannot be read has no length.
  const problems = found.length > 0 ? found : checkText(template, parsed.data, locale, name)
  return { body: parsed.data, problems }
}

/** Publishes the words of one template in one language; refused where something is wrong with them. Answers the version. */
export const publishSms = (tx: Tx, by: Actor, name: string, value: unknown, note?: string): Promise<number> => {
  const { body, problems } = checkSmsWords(name, value)
  if (problems.length > 0) return fail('sms.invalid', undefined, { problems })
  return publish(tx, by, 'sms', name, body, note)
}
