/**
 * Texts owns the words of the interface: the built-in ones in themes/base/texts and what organizations publish over
 * them, key by key along the chain. Calls documents and organizations; called by themes (which pushes a brand's folder),
 * emails (whose own words go through the same engine), login and the pages.
 */
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Actor } from '#core/authority/contract'
import { listPublished, publish } from '#core/documents'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import { baseWords, rereadBase } from './base.ts'
import type { Texts, TextsProblem } from './contract.ts'
import { remembered, untilHeard } from './remembered.ts'
import { checkTexts, type TextsLayer, textsOf, type Words } from './rules.ts'

export { checkTexts, directionOf, fallbackOf, type TextsLayer, textsOf, type Words } from './rules.ts'
export { baseWords, remembered, rereadBase, untilHeard }

type Published = { words: ReadonlyMap<string, Words>; version: string }

const publishedTexts = remembered<Published>('texts', async (tx) => {
  const documents = await listPublished(tx, 'texts')
  return {
    words: new Map(documents.map(({ name, body }) => [name, body as Words])),
    version: documents
      .map(({ name, version }) => `${name}@${version}`)
      .sort()
      .join(','),
  }
})

let hashedBase: { of: unknown; hash: string } | undefined
function baseVersion(): string {
  const base = baseWords()
  if (hashedBase?.of !== base) {
    hashedBase = {
      of: base,
      hash: createHash('sha256')
        .update(JSON.stringify([...base]))
        .digest('base64url')
        .slice(0, 12),
    }
  }
  return hashedBase.hash
}

/** Everything that can change a word on this organization's pages, in any language. */
export async function textsVersion(organizationId: string): Promise<string> {
  const chain = directory().chain(organizationId)
  const published = await Promise.all(chain.map(({ id }) => publishedTexts(id)))
  return [baseVersion(), ...published.map(({ version }, index) => `${chain[index]?.id}:${version}`)].join(' ')
}

const present = untilHeard<Texts>('texts', 2000)

/** The words of an organization in one language. Compiled messages are kept as long as nothing changes. */
export async function textsFor(organizationId: string, locale: string): Promise<Texts> {
  const chain = directory().chain(organizationId)
  return present(`${organizationId} ${locale}`, [baseWords(), ...chain], () => madeTexts(organizationId, locale, chain))
}

async function madeTexts(organizationId: string, locale: string, chain: Organization[]): Promise<Texts> {
  const organization = chain.at(-1)
  if (!organization) return fail('organizations.unknown')
  const published = await Promise.all(chain.map(({ id }) => publishedTexts(id)))
  const organizationDefault = organization.locales[0] ?? 'en'
  const version = await textsVersion(organizationId)
  const key = `${locale}\0${organizationDefault}\0${version}`
  const made = processState('texts.made', () => new LRUCache<string, Texts>({ max: 500 }))
  const known = made.get(key)
  if (known) return known
  const layers: TextsLayer[] = chain.map(({ id }, index) => ({
    organizationId: id,
    words: published[index]?.words ?? new Map(),
  }))
  const texts = textsOf({
    locale,
    organizationDefault,
    layers,
    base: baseWords(),
    version: createHash('sha256').update(version).digest('base64url').slice(0, 12),
    onProblem: (code, name) =>
      log.warn({ code, key: name, locale, organizationId }, 'a text could not be found or read'),
  })
  made.set(key, texts)
  return texts
}

/** The built-in words alone, for pages and mail that belong to no organization. */
export function builtInTexts(locale: string): Texts {
  return textsOf({ locale, organizationDefault: 'en', layers: [], base: baseWords(), version: baseVersion() })
}

/** What is wrong with an organization's files of texts, and what to publish of them. */
export function checkTextsFiles(files: ReadonlyMap<string, unknown>): {
  words: Map<string, Words>
  problems: TextsProblem[]
} {
  const known = baseWords().get('en') ?? {}
  const words = new Map<string, Words>()
  const problems: TextsProblem[] = []
  for (const [locale, value] of files) {
    const checked = checkTexts(value, `texts/${locale}.json`, known)
    words.set(locale, checked.words)
    problems.push(...checked.problems)
  }
  return { words, problems }
}

/** Publishes checked words as they are: a language that is not among them any more is emptied. */
export async function publishTexts(
  tx: Tx,
  by: Actor,
  words: ReadonlyMap<string, Words>,
  note?: string,
): Promise<number> {
  const published = new Map<string, string>(
    (await listPublished(tx, 'texts')).map(({ name, body }) => [name, JSON.stringify(sorted(body as Words))]),
  )
  const wanted = new Map(words)
  for (const locale of published.keys()) if (!wanted.has(locale)) wanted.set(locale, {})
  let changed = 0
  for (const [locale, body] of wanted) {
    if (published.get(locale) === JSON.stringify(sorted(body))) continue
    await publish(tx, by, 'texts', locale, body, note)
    changed += 1
  }
  return changed
}

const sorted = (words: Words) => Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1))
