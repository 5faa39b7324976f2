import { dictionary } from '@zxcvbn-ts/language-common'
import { codePoints } from '#core/people'
import { fail } from '#platform/failure'
import { processState } from '#platform/process'
import { maximumPasswordBytes, minimumAlone, minimumWithSecondStep, type PasswordContext } from './contract.ts'
import { normalized } from './hashing.ts'

const fewestDistinct = 5
/** Shorter words occur in other words. */
const shortestWord = 4

const common = () => processState('credentials.common', () => new Set<string>(dictionary['passwords-common']))

/** Letters and digits only: `P-A-S-S word` is `password`. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** 123456789012345, abcdefghijklmnop, aaaaaaaaaaaaaaa: almost every character follows from the one before. */
const isRun = (text: string): boolean => {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0)
  const steps = points.slice(1).map((point, index) => point - (points[index] ?? 0))
  return steps.length > 0 && steps.filter((step) => Math.abs(step) <= 1).length >= steps.length * 0.8
}

/** What a period of characters says over and over is no longer than the period. */
const period = (text: string): string => text.slice(0, (text + text).indexOf(text, 1))

/** One or two passwords from the lists of the most common ones, however often they are repeated. */
const isCommon = (text: string): boolean => {
  const list = common()
  const once = period(text)
  if (list.has(text) || list.has(once)) return true
  for (let cut = 1; cut < text.length; cut += 1) {
    if (list.has(text.slice(0, cut)) && list.has(text.slice(cut))) return true
  }
  return false
}

const contextWords = ({
  organizationName,
  organizationHandle,
  email,
  givenName,
  familyName,
}: PasswordContext): string[] =>
  [organizationName, organizationHandle, email, email.split('@')[0], givenName, familyName]
    .map((word) => folded(word ?? ''))
    .filter((word) => codePoints(word) >= shortestWord)

/** How short a password may be: never short where it stands alone. */
export const minimumLength = (isSecondStepRequired: boolean): number =>
  isSecondStepRequired ? minimumWithSecondStep : minimumAlone

/** Refuses a new password that is too short, too long, well known, or built from what everybody knows of the person. */
export const checkNewPassword = (password: string, context: PasswordContext, field: string): void => {
  if (Buffer.byteLength(password) > maximumPasswordBytes) fail('password.too_long', field)
  const text = normalized(password)
  if (codePoints(text) < context.minimum) fail('password.too_short', field, { minimum: context.minimum })
  const plain = folded(text)
  if (new Set(text).size < fewestDistinct || isRun(text) || isCommon(plain)) fail('password.too_common', field)
  if (contextWords(context).some((word) => plain.includes(word))) fail('password.contains_name', field)
}
