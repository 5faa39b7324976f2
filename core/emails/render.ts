/** From a template, an organization and what there is to say, to a mail: subject, HTML, plain text. */
import { LRUCache } from 'lru-cache'
import type { Organization, Place } from '#core/organizations/contract'
import { personName } from '#core/people'
import { directionOf } from '#core/texts'
import type { Texts, TextValues } from '#core/texts/contract'
import { resolve } from '#core/themes'
import type { ResolvedTheme } from '#core/themes/contract'
import { minutes } from '#platform/clock'
import { deviceOf } from '#platform/device'
import { fail } from '#platform/failure'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import { compileApart } from './compiler.ts'
import { definitions, type EmailTemplate, type RenderedEmail, type Told } from './contract.ts'
import { artOf, logoOf, lookOf, picturePath, schemesOf } from './look.ts'
import { builtInDrawing, type Drawing, drawingFor, wordsFor } from './overrides.ts'
import { compileTemplate, type Kind, readPlaceholders, type Template, valuesOf } from './placeholders.ts'
import { oneLine, type ToldRole, tidyText, unlinked, withoutMarks, withoutMarksAroundCodes } from './rules.ts'
import { builtIn } from './templates.ts'

/** What is said in one message. Everything in it may come from somebody who means harm. */
export type Message = {
  email: string
  name: string | null
  code?: string
  ticket?: string
  /** For how long the code works from now on. */
  minutes?: number
  at?: Date
  userAgent?: string | null
  /** Where somebody was, no nearer than their network. */
  network?: string | null
  /** What somebody proved themselves with (RFC 8176). */
  methods?: readonly string[]
  /** What it is about: a passkey by its name, a number masked. */
  named?: string | null
  /** How many recovery codes are left. */
  left?: number
  /** What whoever did it, or whoever invites, is called. */
  by?: string | null
  inviter?: string | null
  /** The address of whoever was invited. */
  invitee?: string
  /** The address of whoever it is about, where somebody else is written to. */
  whom?: string
  usernames?: readonly string[]
  isStaff?: boolean
  roles?: readonly ToldRole[]
  /** What the inviter wrote. */
  words?: string
  /** Until when the link works. */
  until?: Date
}

const shared = ['organization', 'email', 'name', 'sender', 'postal'] as const
const securityFacts = ['device', 'by', 'network', 'method', 'named'] as const
const addresses = new Set<Told>(['help'])
const pages = ['link', 'page.sign-in', 'page.recover'] as const
const pictures = ['image.logo', 'image.logo-dark', 'image.art', 'image.art-dark'] as const

/** The values of a template, by the names of its placeholders. */
export function valuesKnownTo(template: EmailTemplate): [string, Kind][] {
  const { hasCode, isSecurity, tells } = definitions[template]
  const words = Object.keys(builtIn().templates[template].words.get('en') ?? {})
  const texts = [...shared, ...(hasCode ? ['code'] : []), ...(isSecurity ? securityFacts : [])]
  return [
    ...[...texts, ...words.map((word) => `words.${word}`)].map((name): [string, Kind] => [name, 'text']),
    ...[...pages, ...pictures].map((name): [string, Kind] => [name, 'url']),
    ...tells.map((name): [string, Kind] => [name, addresses.has(name) ? 'url' : 'text']),
  ]
}

/** What a template is of no use without. */
export const valuesNeededBy = (template: EmailTemplate): string[] => {
  const { leadsTo, hasCode } = definitions[template]
  return [...(leadsTo === null ? [] : ['link']), ...(hasCode ? ['code'] : [])]
}

type Compiled = { html: Template; text: Template; words: string[] }

/** Compiles a drawing for a brand and a language; null, with the reasons in the log, where it cannot be. */
async function compileFor(
  template: EmailTemplate,
  drawing: Drawing,
  theme: ResolvedTheme,
  locale: string,
): Promise<Compiled | null> {
  const { layout, parts } = builtIn()
  const dir = directionOf(locale)
  const result = await compileApart({
    template,
    layout,
    parts,
    source: drawing.mjml,
    text: drawing.text,
    isForeign: drawing.isForeign,
    known: valuesKnownTo(template),
    needed: valuesNeededBy(template),
    look: lookOf(theme, locale, dir),
    locale,
    dir,
  })
  if (result.problems.length > 0) {
    log.error({ template, locale, theme: theme.version, problems: result.problems }, 'an email could not be compiled')
    return null
  }
  const names = [...readPlaceholders(result.html, null).names, ...readPlaceholders(result.text, null).names]
  return {
    html: compileTemplate(result.html, true),
    text: compileTemplate(result.text, false),
    words: [...new Set(names.flatMap((name) => (name.startsWith('words.') ? [name.slice('words.'.length)] : [])))],
  }
}

const kept = () => processState('emails.compiled', () => new LRUCache<string, Promise<Compiled>>({ max: 300 }))
/** How long the built-in drawing stands in for one that could not be had: perhaps there was too much to do. */
const standInMs = minutes(1)

/** Compiled once for a drawing, a brand's version and a language, and kept while it is used. */
async function compiled(
  template: EmailTemplate,
  drawing: Drawing,
  theme: ResolvedTheme,
  locale: string,
): Promise<Compiled> {
  const key = [template, drawing.version, builtIn().version, theme.version, locale].join(' ')
  const known = kept().get(key)
  if (known) return known
  // Somebody waits for this mail: where a drawing of an organization cannot be had, it is sent in the built-in one.
  const making = compileFor(template, drawing, theme, locale).then(async (made) => {
    if (made) return made
    kept().set(key, making, { ttl: standInMs })
    return (await compileFor(template, builtInDrawing(template), theme, locale)) ?? fail('emails.unreadable')
  })
  kept().set(key, making)
  making.catch(() => kept().delete(key))
  return making
}

/** A name that nobody could have given at a form is not repeated. */
export const nameOf = (name: string | null): string => {
  try {
    return name ? personName(oneLine(name, 80), 'name') : ''
  } catch {
    return ''
  }
}

const linkOf = (template: EmailTemplate, { ticket }: Message): string => {
  const { leadsTo, hasLink } = definitions[template]
  if (leadsTo === null) return '/'
  return ticket === undefined || !hasLink ? `/${leadsTo}` : `/${leadsTo}?ticket=${encodeURIComponent(ticket)}`
}

const bothKnown = 'device-on'
const deviceWords = (texts: Texts, userAgent: string | null | undefined): string => {
  const { browser, system } = deviceOf(userAgent ?? '')
  if (browser && system) return texts.t(bothKnown, { browser, system })
  return browser ?? system ?? ''
}

/** Built-in roles in the reader's language, own ones as they are called; what is neither is left out. */
const roleWords = (texts: Texts, locale: string, roles: readonly ToldRole[]): string => {
  const names = roles.map(({ key, name }) =>
    key === null ? unlinked(oneLine(name ?? '', 80)) : texts.t(`role-${key}`),
  )
  return new Intl.ListFormat(locale).format(names.filter((name) => name !== ''))
}

/** What we have a word for; the rest is left out. */
const methodWords = (texts: Texts, locale: string, methods: readonly string[]): string => {
  const known = methods.map((method) => `method-${method}`).filter((key) => texts.has(key))
  return new Intl.ListFormat(locale).format(known.map((key) => texts.t(key)))
}

/** The name stands before the postal address, unless that begins with it. */
const senderOf = (name: string, postal: string) => (postal.startsWith(name) ? '' : name)

export async function renderEmail(
  template: EmailTemplate,
  organization: Organization,
  { origin, base }: Place,
  locale: string,
  message: Message,
): Promise<RenderedEmail> {
  const [theme, texts, drawing] = await Promise.all([
    resolve(organization.id),
    wordsFor(template, organization.id, locale),
    drawingFor(template, organization.id),
  ])
  const { html, text, words } = await compiled(template, drawing, theme, locale)
  const name = nameOf(message.name)
  const said = {
    organization: organization.name,
    email: message.email,
    name,
    code: message.code ?? '',
    minutes: message.minutes ?? 0,
    at: message.at ?? new Date(0),
    by: nameOf(message.by ?? null),
    inviter: nameOf(message.inviter ?? null),
    invitee: oneLine(message.invitee ?? ''),
    whom: oneLine(message.whom ?? ''),
    until: message.until ?? new Date(0),
    left: message.left ?? 0,
  } satisfies TextValues
  const word = (key: string) => withoutMarksAroundCodes(texts.t(key, said))
  const site = origin + base
  const { base: scheme, other } = schemesOf(theme)
  const logo = logoOf(theme)
  const art = artOf(theme)
  const postal = theme.contact.postalAddress ?? ''
  const values = valuesOf([
    ['organization', organization.name],
    ['email', message.email],
    ['name', name],
    ['code', message.code ?? ''],
    ['device', deviceWords(texts, message.userAgent)],
    ['by', said.by],
    ['network', oneLine(message.network ?? '', 60)],
    ['method', methodWords(texts, locale, message.methods ?? [])],
    ['named', unlinked(oneLine(message.named ?? '', 80))],
    ['left', String(said.left)],
    ['inviter', said.inviter],
    ['invitee', said.invitee],
    ['whom', said.whom],
    ['usernames', (message.usernames ?? []).map((name) => unlinked(oneLine(name, 80))).join(', ')],
    ['is-staff', message.isStaff ? 'staff' : ''],
    ['roles', roleWords(texts, locale, message.roles ?? [])],
    // On one line, so that no words of somebody's pass for ours.
    ['message', unlinked(oneLine(message.words ?? '', 500))],
    ['help', theme.contact.help ?? ''],
    ['sender', senderOf(organization.name, postal)],
    ['postal', postal],
    ['origin', origin],
    ['link', site + linkOf(template, message)],
    ['page.sign-in', `${site}/sign-in`],
    ['page.recover', `${site}/recover`],
    ['image.logo', logo ? site + picturePath(theme, logo, scheme) : ''],
    ['image.logo-dark', logo ? site + picturePath(theme, logo, other) : ''],
    ['image.art', art ? site + picturePath(theme, art, scheme) : ''],
    ['image.art-dark', art ? site + picturePath(theme, art, other) : ''],
    ...words.map((key) => [`words.${key}`, word(key)] as const),
  ])
  return { subject: oneLine(withoutMarks(word('subject'))), html: html(values), text: tidyText(text(values)) }
}
