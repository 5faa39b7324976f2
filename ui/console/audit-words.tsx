/** What a record of the trail says in the reader's language: the sentence, who and whom, and the names of its details. */
import type { ReactNode } from 'react'
import type { AuditRecord } from '#core/audit/contract'
import { isBuiltInRole } from '#core/authority/contract'
import type { Named, Names } from '#core/oversight/contract'
import type { UiSite } from '../site.tsx'
import { join } from '../words.tsx'

type Told = { site: UiSite; record: AuditRecord; names: Names }

const textIn = (details: unknown, ...keys: string[]): string | undefined => {
  const held = (details ?? {}) as Record<string, unknown>
  return keys.map((key) => held[key]).find((value): value is string => typeof value === 'string' && value !== '')
}

const inEither = ({ details }: AuditRecord, ...keys: string[]): string | undefined =>
  textIn(details?.after, ...keys) ?? textIn(details?.before, ...keys)

export const withOrigin = (site: UiSite, { name, from }: Named): string =>
  from ? site.texts.t('audit.from', { name, from }) : name

/** Who did it: a name, or what is known of somebody without one. */
export function whoOf({ site, record: { actor }, names }: Told): string {
  const known = actor.id === null ? undefined : names.get(actor.id)
  if (known) return withOrigin(site, known)
  return site.texts.t(`audit.by.${actor.kind === 'person' ? 'gone' : actor.kind}`)
}

const personIn = ({ record, names }: Told): string | undefined => {
  const id = inEither(record, 'personId')
  return id === undefined ? undefined : names.get(id)?.name
}

/** Whom or what it was done to: as it is called today, or else as the record itself says. */
export function whomOf(told: Told): string | null {
  const { site, record, names } = told
  const { kind, id } = record.target
  const known = names.get(id)
  if (known) return known.name
  if (kind === 'membership' || kind === 'invitation') {
    const found = personIn(told) ?? inEither(record, 'email')
    if (found) return found
  }
  const full = `${inEither(record, 'givenName') ?? ''} ${inEither(record, 'familyName') ?? ''}`.trim()
  const said = full || inEither(record, 'name', 'email')
  if (said) return said
  if (kind === 'person' || kind === 'membership' || kind === 'invitation') return site.texts.t('audit.about.gone')
  if (kind === 'flow' && site.texts.has(`flow.name.${id}`)) return site.texts.t(`flow.name.${id}`)
  return ['theme', 'texts', 'email', 'flow'].includes(kind) ? id : null
}

const roleCalled = (site: UiSite, names: Names, role: string): string =>
  isBuiltInRole(role) ? site.texts.t(`role.${role}`) : (names.get(role)?.name ?? role)

/** What stood in details that are gone. */
const unknown = '…'

/** The second name in a sentence: the role that was given, the domain, who joined a group. */
function nameIn(told: Told): string {
  const { site, record, names } = told
  if (record.action.startsWith('role.')) return roleCalled(site, names, inEither(record, 'role') ?? unknown)
  if (record.action.startsWith('group.member')) return personIn(told) ?? site.texts.t('audit.about.gone')
  if (record.action.startsWith('api_token.')) return names.get(inEither(record, 'accountId') ?? '')?.name ?? unknown
  const address = inEither(record, 'host', 'domain', 'address')
  if (record.action === 'organization.address_chosen') {
    return address === 'path' || address === 'name' ? site.texts.t(`audit.value.${address}`) : (address ?? unknown)
  }
  return address ?? unknown
}

export function sentenceOf(told: Told): string {
  const { site, record } = told
  const key = `audit.${record.action}`
  if (!site.texts.has(key)) return site.texts.t('audit.unknown', { name: record.action })
  return site.texts.t(key, {
    whom: whomOf(told) ?? site.organization.name,
    name: nameIn(told),
    version: Number(record.details?.version ?? 0),
  })
}

const kebab = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-')

/** The name of a detail; one that nobody has translated stands as it is. */
export function fieldCalled(site: UiSite, name: string): string {
  const key = `audit.field.${kebab(name)}`
  return site.texts.has(key) ? site.texts.t(key) : name
}

const anInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

const written: Record<string, string> = { ar: 'ar-u-nu-latn', en: 'en-GB', pt: 'pt-PT' }

/** How numbers and dates of a language are written here, as the texts themselves do: the day first, digits of codes. */
export const writtenIn = ({ locale }: Pick<UiSite, 'locale'>): string => written[locale] ?? locale

export const momentOf = (site: UiSite, at: Date): string =>
  new Intl.DateTimeFormat(writtenIn(site), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at)

const wordOf = (site: UiSite, names: Names, value: string): string => {
  if (value === '[masked]') return site.texts.t('audit.value.masked')
  if (anInstant.test(value)) return momentOf(site, new Date(value))
  const known = names.get(value)
  if (known) return withOrigin(site, known)
  if (isBuiltInRole(value)) return site.texts.t(`role.${value}`)
  const key = `audit.value.${kebab(value)}`
  return /^[a-z_]{2,20}$/.test(value) && site.texts.has(key) ? site.texts.t(key) : value
}

const deepest = 4

/** A value in words: names for ids, words for what is one of a few, and everything else as it is. */
export function valueCalled(site: UiSite, names: Names, value: unknown, depth = 0): string {
  if (value === null || value === undefined || value === '') return site.texts.t('audit.nothing')
  if (typeof value === 'boolean') return site.texts.t(`audit.value.${value}`)
  if (typeof value === 'number') return new Intl.NumberFormat(writtenIn(site)).format(value)
  if (typeof value === 'string') return wordOf(site, names, value)
  if (depth > deepest) return '…'
  const list = Array.isArray(value)
    ? value.map((one) => valueCalled(site, names, one, depth + 1))
    : Object.entries(value).map(
        ([name, inner]) => `${fieldCalled(site, name)}: ${valueCalled(site, names, inner, depth + 1)}`,
      )
  if (list.length === 0) return site.texts.t('audit.nothing')
  return new Intl.ListFormat(site.locale, { type: 'unit' }).format(list)
}

/** What stands between two values. */
export const inRow = (parts: readonly ReactNode[]): ReactNode =>
  join(parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part])))
