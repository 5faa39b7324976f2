/** Pure decisions about short messages: how long one is, whom none is sent to, what is shown of a number. */
import parse from 'libphonenumber-js/max'
import { z } from 'zod'
import { e164, happenings } from './contract.ts'

/** What is put into the outbox for a short message; number and code travel sealed. */
export const SmsOrder = z.object({
  /** Masked: all that the delivery log keeps of a number. */
  to: z.string(),
  organizationId: z.string(),
  address: z.union([
    z.object({ form: z.enum(['root', 'path', 'name']) }),
    z.object({ form: z.literal('domain'), host: z.string() }),
  ]),
  locale: z.string().max(40).optional(),
  happened: z.enum(happenings).optional(),
  sealed: z.string(),
  decoy: z.boolean().optional(),
})
export type SmsOrder = z.infer<typeof SmsOrder>

export const SealedSms = z.object({
  /** Empty of a decoy whose number nobody knows. */
  number: z.string().regex(e164).or(z.literal('')),
  code: z
    .string()
    .regex(/^\d{6,8}$/)
    .optional(),
})
export type SealedSms = z.infer<typeof SealedSms>

// GSM 03.38: what fits into seven bits, and what takes two places of them.
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('^{}\\[~]|€\f')

/**
 * How many parts a message goes out in: 160 characters of seven bits fit into one, 70 of others; in a row of parts each
 * loses a little to its number.
 */
export function segmentsOf(text: string): number {
  const characters = [...text]
  const isSevenBits = characters.every((one) => basic.has(one) || extended.has(one))
  const length = isSevenBits
    ? characters.reduce((sum, one) => sum + (extended.has(one) ? 2 : 1), 0)
    : // Two bytes for each unit of UTF-16.
      text.length
  const [alone, together] = isSevenBits ? [160, 153] : [70, 67]
  return length <= alone ? 1 : Math.ceil(length / together)
}

/** The line by which a phone offers the code at this host and at no other (WebOTP, and what iOS fills in). */
export const boundLine = (host: string, code: string): string => `@${host} #${code}`

const nameLength = 32
/** What an organization is called in a message: a long name must not cost a whole part. */
export const shortName = (name: string): string => [...name].slice(0, nameLength).join('').trim()

/** Numbers of no country: satellites and international networks, whose owners share in what a message costs. */
const ofNoCountry = new Set(['800', '808', '870', '878', '881', '882', '883', '888', '979'])
/** Numbers that earn somebody money when they are called, or that no message reaches. */
const costly = new Set(['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER', 'TOLL_FREE', 'UAN', 'PAGER', 'VOICEMAIL'])

/**
 * Whether a message may go to this number: of a country that is served, and not one of those that are rented to make
 * money with what others send. `countries` are codes such as DE; none of them means every country.
 */
export function isServed(number: string, countries: readonly string[]): boolean {
  if (!e164.test(number)) return false
  const read = parse(number)
  if (!read?.isPossible() || ofNoCountry.has(read.countryCallingCode)) return false
  const type = read.getType()
  if (type && costly.has(type)) return false
  return countries.length === 0 || (read.country !== undefined && countries.includes(read.country))
}

/** The country and two digits more: the neighbourhood in which rented numbers lie side by side. */
export const prefixOf = (number: string): string => {
  const callingCode = parse(number)?.countryCallingCode ?? number.slice(1, 3)
  return number.slice(0, 1 + callingCode.length + 2)
}

/** What may be shown and kept of a number: where it is, and its end. */
export const masked = (number: string): string => (number === '' ? '' : `${number.slice(0, 3)} ··· ${number.slice(-2)}`)
