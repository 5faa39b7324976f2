/** From words and what there is to say, to the text of a message. */
import type { Texts } from '#core/texts/contract'
import { definitions, type Happening, mostSegments, type SmsTemplate, whole } from './contract.ts'
import { boundLine, segmentsOf, shortName } from './rules.ts'

/** What is said in one message. */
export type Told = {
  organization: string
  /** Where the code is to be typed. */
  host: string
  code: string
  /** For how long the code works from now on. */
  minutes: number
  happened: Happening | null
}

/** Marks of direction, line ends inside of a line, and other things that cannot be seen: none of them is worth a place. */
const unseen = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[^\P{Cc}\n]/gu

const plain = (text: string) =>
  text
    .replace(unseen, '')
    .replace(/[^\S\n]+/g, ' ')
    .trim()

/**
 * The whole text. The line by which phones fill the code in is a comfort: where it would be a part too many, the message
 * goes without it, unless `isWhole`.
 */
export function textOf(
  template: SmsTemplate,
  texts: Texts,
  { organization, host, code, minutes, happened }: Told,
  { isWhole = false } = {},
): string {
  const said = plain(
    texts.t(whole, {
      organization: shortName(plain(organization).replaceAll('\n', ' ')),
      code,
      minutes,
      happened: happened ? texts.t(happened) : '',
    }),
  )
  if (!definitions[template].hasCode) return said
  const bound = `${said}\n\n${boundLine(host, code)}`
  return isWhole || segmentsOf(bound) <= mostSegments ? bound : said
}
