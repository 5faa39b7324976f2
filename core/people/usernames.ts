// Usernames: what somebody may be called, and the one form in which two of them are compared. Nobody may look like somebody
// else, so a name is written in one script, in letters that are not drawn like those of another.

import { fail } from '#platform/failure'

const shortest = 3
const longest = 40

/** Names that would be taken for a part of the product, or for somebody official. */
export const reservedUsernames: ReadonlySet<string> = new Set([
  'abuse',
  'account',
  'accounts',
  'admin',
  'administrator',
  'anonymous',
  'api',
  'billing',
  'everyone',
  'guest',
  'help',
  'helpdesk',
  'hostmaster',
  'info',
  'livery',
  'mail',
  'me',
  'moderator',
  'no-reply',
  'nobody',
  'noreply',
  'null',
  'official',
  'operator',
  'organization',
  'owner',
  'postmaster',
  'root',
  'security',
  'self',
  'service',
  'staff',
  'superuser',
  'support',
  'sysadmin',
  'system',
  'team',
  'undefined',
  'user',
  'username',
  'webmaster',
])

// Scripts of living languages (Unicode Standard Annex 31, table 5), each with its own marks. Japanese, Korean and Chinese
// are written in several at once. Latin without the letters of phonetic alphabets, which are drawn like others.
const writings: readonly RegExp[] = [
  /^[a-z\u00df-\u00f6\u00f8-\u01bf\u01cd-\u024f\u1e00-\u1eff]*$/iu,
  ...[
    '\\p{Script=Greek}',
    '\\p{Script=Cyrillic}',
    '\\p{Script=Armenian}',
    '\\p{Script=Hebrew}',
    '\\p{Script=Arabic}',
    '\\p{Script=Thaana}',
    '\\p{Script=Devanagari}',
    '\\p{Script=Bengali}',
    '\\p{Script=Gurmukhi}',
    '\\p{Script=Gujarati}',
    '\\p{Script=Oriya}',
    '\\p{Script=Tamil}',
    '\\p{Script=Telugu}',
    '\\p{Script=Kannada}',
    '\\p{Script=Malayalam}',
    '\\p{Script=Sinhala}',
    '\\p{Script=Thai}',
    '\\p{Script=Lao}',
    '\\p{Script=Tibetan}',
    '\\p{Script=Myanmar}',
    '\\p{Script=Georgian}',
    '\\p{Script=Ethiopic}',
    '\\p{Script=Khmer}',
    '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー',
    '\\p{Script=Han}\\p{Script=Hangul}',
    '\\p{Script=Han}\\p{Script=Bopomofo}',
  ].map((script) => new RegExp(`^[${script}]*$`, 'u')),
]

// Greek and Cyrillic letters that are drawn like Latin ones: a name of nothing else is somebody else's name.
const drawnLikeLatin = /^[αγικνορτυχωϲϳаеорсухԛԝѕіјһӏԁґѵгкпт]+$/u

const shape = /^[\p{L}0-9][\p{L}\p{M}0-9._-]*$/u
const hasLetter = /\p{L}/u
const notALetter = /[0-9._-]/g
// Fillers count as letters and are drawn as nothing.
const unseen = /\p{Default_Ignorable_Code_Point}/u

/**
 * The form in which usernames are compared: `Straße`, `STRASSE` and `STRAẞE` are one. By way of upper case, because it takes
 * apart what lower case leaves alone (ß, ı, final sigma).
 */
export const usernameKey = (typed: string): string =>
  typed.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC').trim()

const isOneWriting = (letters: string): boolean => writings.some((writing) => writing.test(letters))

/** A username as it is shown and as it is compared, or null for none; fails where nobody may be called that. */
export const readUsername = (typed: string, field = 'username'): { username: string; key: string } | null => {
  if (typed === '') return null
  const username = typed.normalize('NFC')
  const key = usernameKey(username)
  const letters = key.replace(notALetter, '')
  const isFine =
    // What turns into other characters when it is compared is refused rather than mended.
    username.normalize('NFKC') === username &&
    [...username].length >= shortest &&
    [...username].length <= longest &&
    shape.test(username) &&
    shape.test(key) &&
    !unseen.test(username) &&
    hasLetter.test(key) &&
    isOneWriting(letters) &&
    !drawnLikeLatin.test(letters)
  if (!isFine) return fail('username.invalid', field)
  if (reservedUsernames.has(key) || reservedUsernames.has(key.replace(/[._-]/g, ''))) {
    return fail('username.reserved', field)
  }
  return { username, key }
}
