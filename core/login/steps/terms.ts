// What somebody has to agree to before they go on: each document in the version that the flow asks for, once. Whoever has agreed
// already is not asked again before there is another version.

import { z } from 'zod'
import { agree, missingOf } from '#core/consents'
import { consentDocument } from '#core/consents/contract'
import { directory } from '#core/organizations'
import { shownAgain } from '#core/people'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { actorOf } from '../proven.ts'
import type { Run, Step, Taken } from '../step.ts'

/** A line of plain text: nothing in it turns the direction of what stands beside it, or hides. */
const plain = /^[^\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069]+$/u
const tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag, like en or pt-BR')
const title = z.string().trim().min(1).max(120).regex(plain, 'a line of plain text')

const isSecureAddress = (text: string): boolean => {
  if (!/^https:\/\/[^\s\p{Cc}\p{Cf}]+$/u.test(text) || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return protocol === 'https:' && username === '' && password === ''
}

const document = consentDocument.extend({
  title: z.record(tag, title).refine((titles) => Object.keys(titles).length > 0, 'a title in one language at least'),
  url: z.string().max(2000).refine(isSecureAddress, 'an address that begins with https://'),
})
type Document = z.infer<typeof document>

const isOnce = (documents: readonly Document[]): boolean =>
  new Set(documents.map(({ id }) => id)).size === documents.length

const settings = z.strictObject({
  /** The version is raised whenever everybody is to be asked again. */
  documents: z.array(document).min(1).max(5).refine(isOnce, 'each document once'),
})

/** In the language of the page, or the one nearest to it. */
const titleIn = ({ ctx }: Run, { title: titles }: Document): string => {
  const offered = directory().byId(ctx.organizationId)?.locales ?? []
  const [language = ''] = ctx.locale.split('-')
  const found = [ctx.locale, language, ...offered, 'en'].find((locale) => Object.hasOwn(titles, locale))
  return (found === undefined ? Object.values(titles)[0] : titles[found]) ?? ''
}

const missing = async (run: Run): Promise<Document[]> => {
  const { proven } = run.inner
  if (!proven) return []
  const read = settings.safeParse(run.settings)
  const { documents } = read.success ? read.data : fail('login.flow_broken')
  return withOrganization(run.ctx.organizationId, (tx) => missingOf(tx, proven, documents))
}

const fieldOf = ({ id }: Document): string => `terms.${id}`

const take: Step['take'] = async (run, answer): Promise<Taken> => {
  const { ctx, inner } = run
  const { proven } = inner
  if (!proven) return { failure: { code: 'login.expired' }, isOver: true }
  const documents = await missing(run)
  // The version that was shown is the one that is agreed to.
  const open = documents.find((one) => answer[fieldOf(one)] !== String(one.version))
  if (open) {
    const rules = Object.fromEntries(documents.map((one) => [fieldOf(one), { max: 10 }]))
    return { failure: { code: 'consent.missing', field: fieldOf(open) }, values: shownAgain(answer, rules) }
  }
  const by = actorOf(ctx, { homeId: proven.homeId, id: proven.personId })
  return { answered: { also: (tx) => agree(tx, by, proven, documents) } }
}

export const terms: Step = {
  id: 'terms',
  label: 'step.terms',
  purposes: ['sign-in', 'sign-up', 'invitation'],
  needs: 'proof',
  proves: null,
  settings,
  page: '/consent',
  enter: async (run) => ((await missing(run)).length === 0 ? { answered: {} } : null),
  show: async (run) => ({
    terms: (await missing(run)).map((one) => ({
      id: one.id,
      version: one.version,
      title: titleIn(run, one),
      url: one.url,
    })),
  }),
  take,
}
