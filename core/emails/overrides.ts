/**
 * What organizations say and draw differently: documents of the kind 'email', part by part along the chain. The words go
 * through the engine of texts; a drawing is one part, the nearest organization's.
 */
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { listPublished } from '#core/documents'
import { directory } from '#core/organizations'
import { remembered, type TextsLayer, textsOf } from '#core/texts'
import type { Texts } from '#core/texts/contract'
import { fail } from '#platform/failure'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import { EmailDrawing, type EmailTemplate, EmailWords } from './contract.ts'
import { builtIn, flatten, type Words } from './templates.ts'

type Published = {
  /** By '<template>/<locale>'. */
  words: ReadonlyMap<string, Words>
  /** By template. */
  drawings: ReadonlyMap<string, EmailDrawing>
  version: string
}

const publishedEmails = remembered<Published>('emails', async (tx) => {
  const words = new Map<string, Words>()
  const drawings = new Map<string, EmailDrawing>()
  const documents = await listPublished(tx, 'email')
  for (const { name, body } of documents) {
    // Checked when it was published; what an older build let through is left out rather than believed.
    const said = name.includes('/') ? EmailWords.safeParse(body) : null
    const drawn = said ? null : EmailDrawing.safeParse(body)
    if (said?.success) words.set(name, flatten(said.data))
    else if (drawn?.success) drawings.set(name, drawn.data)
    else log.warn({ document: name, organizationId: tx.organizationId }, 'an email could not be read')
  }
  const version = documents.map(({ name, version: number }) => `${name}@${number}`).sort()
  return { words, drawings, version: version.join(',') }
})

type Layer = { id: string; published: Published }

const layersOf = async (organizationId: string): Promise<Layer[]> => {
  const chain = directory().chain(organizationId)
  if (chain.length === 0) return fail('organizations.unknown')
  return Promise.all(chain.map(async ({ id }) => ({ id, published: await publishedEmails(id) })))
}

const wordsOfTemplate = ({ words }: Published, template: EmailTemplate): Map<string, Words> => {
  const prefix = `${template}/`
  const own = [...words].filter(([name]) => name.startsWith(prefix))
  return new Map(own.map(([name, said]) => [name.slice(prefix.length), said]))
}

/** The words of an email in one language. Kept as long as nobody of the chain publishes. */
export async function wordsFor(template: EmailTemplate, organizationId: string, locale: string): Promise<Texts> {
  const layers = await layersOf(organizationId)
  const base = builtIn().templates[template].words
  const organizationDefault = directory().byId(organizationId)?.locales[0] ?? 'en'
  const made = processState('emails.words', () => new LRUCache<string, { base: unknown; texts: Texts }>({ max: 1000 }))
  const versions = layers.map(({ id, published }) => `${id}:${published.version}`)
  const key = [template, locale, organizationDefault, ...versions].join(' ')
  const known = made.get(key)
  if (known?.base === base) return known.texts
  const texts = textsOf({
    locale,
    organizationDefault,
    layers: layers.map<TextsLayer>(({ id, published }) => ({
      organizationId: id,
      words: wordsOfTemplate(published, template),
    })),
    base,
    version: key,
    onProblem: (code, word) => log.warn({ code, word, template, organizationId }, 'words of an email are missing'),
  })
  made.set(key, { base, texts })
  return texts
}

export type Drawing = { mjml: string; text: string | null; isForeign: boolean; version: string }

const drawing = (mjml: string, text: string | null, isForeign: boolean): Drawing => ({
  mjml,
  text,
  isForeign,
  version: createHash('sha256')
    .update(JSON.stringify([mjml, text, isForeign]))
    .digest('base64url')
    .slice(0, 16),
})

/** As it comes with the build. */
export const builtInDrawing = (template: EmailTemplate): Drawing =>
  drawing(builtIn().templates[template].mjml, null, false)

/** How an email is drawn: by the nearest organization that draws it, or as it comes with the build. */
export async function drawingFor(template: EmailTemplate, organizationId: string): Promise<Drawing> {
  const nearestFirst = (await layersOf(organizationId)).reverse()
  const said = (field: keyof EmailDrawing) =>
    nearestFirst.map(({ published }) => published.drawings.get(template)?.[field]).find((value) => value !== undefined)
  const own = said('mjml') ?? null
  return drawing(own ?? builtIn().templates[template].mjml, said('text') ?? null, own !== null)
}
