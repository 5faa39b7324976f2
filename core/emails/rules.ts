/** Pure decisions: which language, which address, what a value may contain. */
import { z } from 'zod'
import type { Address, Organization } from '#core/organizations/contract'
import { membershipKinds } from '#core/people/contract'
import { builtInLocales } from '#core/texts/contract'

/** A role as it is told: a built-in one by its key, an own one by its name. */
export const ToldRole = z.object({ key: z.string().nullable(), name: z.string().nullable() })
export type ToldRole = z.infer<typeof ToldRole>

/** What is put into the outbox for an email; whoever puts it there says the same. */
export const MailOrder = z.object({
  to: z.union([
    z.strictObject({ home: z.string(), person: z.string() }),
    z.strictObject({ email: z.string(), name: z.string().optional() }),
  ]),
  organizationId: z.string(),
  address: z.union([
    z.object({ form: z.enum(['root', 'path', 'name']) }),
    z.object({ form: z.literal('domain'), host: z.string() }),
  ]),
  locale: z.string().max(40).optional(),
  data: z
    .object({
      at: z.iso.datetime().optional(),
      device: z.string().nullable().optional(),
      /** Where somebody was, no nearer than their network. */
      network: z.string().max(60).nullable().optional(),
      /** What somebody proved themselves with (RFC 8176), as their session says it. */
      methods: z.array(z.string().max(40)).max(10).optional(),
      /** What it is about: a passkey by its name, a number masked. */
      named: z.string().max(200).nullable().optional(),
      /** How many recovery codes are left. */
      left: z.number().int().min(0).optional(),
      /** What whoever did it is called; null of a program. */
      by: z.string().nullable().optional(),
      inviter: z.string().nullable().optional(),
      kind: z.enum(membershipKinds).optional(),
      roles: z.array(ToldRole).optional(),
      message: z.string().optional(),
      /** Of whoever it is about, where somebody else is written to. */
      email: z.string().optional(),
      usernames: z.array(z.string()).optional(),
      expiresAt: z.iso.datetime().optional(),
    })
    .default({}),
  sealed: z.string().optional(),
  decoy: z.boolean().optional(),
})
export type MailOrder = z.infer<typeof MailOrder>

/** What travels sealed in an order: the secret of a link and the code beside it. */
export const SealedTicket = z.object({ ticket: z.string().min(1), code: z.string().regex(/^\d{6}$/) })

const language = (locale: string) => locale.split('-')[0] ?? ''

/** The language offered that comes nearest: itself, or another form of it. */
const nearest = (locale: string | null | undefined, offered: readonly string[]): string | undefined => {
  if (!locale) return undefined
  return offered.find((one) => one === locale) ?? offered.find((one) => language(one) === language(locale))
}

type LanguageWish = {
  offered: readonly string[]
  /** What the person has chosen for themselves. */
  stored: string | null
  /** The language of the page where it began. */
  asked: string | undefined
  isSecurity: boolean
}

/**
 * The person's own language where the organization offers it, else the page's, else the organization's first. What
 * concerns the safety of an account is said in the stored language whenever we speak it: whoever got in must not choose
 * one that its owner cannot read.
 */
export function chooseLocale({ offered, stored, asked, isSecurity }: LanguageWish): string {
  const own = nearest(stored, offered) ?? (isSecurity ? nearest(stored, builtInLocales) : undefined)
  return own ?? nearest(asked, offered) ?? offered[0] ?? 'en'
}

/** The address as it was, while the organization is still met there; otherwise the one that never goes away. */
export function standingAddress(
  address: Address,
  organization: Pick<Organization, 'parentId'>,
  hosts: readonly string[],
): Address {
  const isRoot = organization.parentId === null
  const lasting: Address = isRoot ? { form: 'root' } : { form: 'path' }
  if (address.form === 'domain') return hosts.includes(address.host) ? address : lasting
  return (address.form === 'root') === isRoot ? address : lasting
}

// Line ends, controls, and what hides or turns the words after it.
const unwanted = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu

/** One line of plain words, whatever somebody managed to be called. */
export const oneLine = (value: string, longest = 200): string =>
  [...value.replace(unwanted, ' ').replace(/\s+/g, ' ').trim()].slice(0, longest).join('')

/** What somebody wrote, so that no mail program makes a link of it: what addresses are joined by is followed by a joiner. */
export const unlinked = (text: string): string => text.replace(/(?<=\S)([.:@/])(?=\S)/g, '$1\u2060')

/** A code inside Arabic words is digits alone: with marks around it, it could not be copied. */
export const withoutMarksAroundCodes = (text: string): string => text.replace(/\u2068(\d+)\u2069/g, '$1')

/** In a header, marks of direction are only in the way. */
export const withoutMarks = (text: string): string => text.replace(/[\u2066-\u2069]/g, '')

/** The words of the plain text part: no more than one empty line, no space before a line ends. */
export const tidyText = (text: string): string =>
  `${text
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`

/** The same for every delivery of one outbox row, so that a repeated one is recognised as such. */
export const messageIdOf = (outboxId: string, mailFrom: string): string =>
  `<${outboxId}@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}>`
