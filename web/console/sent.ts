/**
 * From the fields of a plain form to the body of an operation. A field is named as the body has it, with dots for what
 * stands inside something: `rule.value`. What the schema expects decides how its text is read, so a form needs no code
 * of its own.
 */

import { z } from 'zod'

/** What a browser sent, by name. */
export type Sent = Readonly<Record<string, string | readonly string[] | undefined>>

type Wrapped = { innerType: z.ZodType }

const texts = (sent: Sent, name: string): string[] | undefined => {
  const given = sent[name]
  return given === undefined ? undefined : [given].flat()
}

const wholeNumber = /^-?\d{1,15}$/

/** A check box stands beside a hidden field of its name that says `false`, so that "no" is sent as well: the last counts. */
const last = (given: readonly string[]): string => (given.at(-1) ?? '').trim()

const isBelow = (sent: Sent, name: string): boolean => Object.keys(sent).some((key) => key.startsWith(`${name}.`))

const objectOf = (shape: Readonly<Record<string, z.ZodType>>, sent: Sent, at: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([key, schema]) => {
      const value = fieldOf(schema, sent, at === '' ? key : `${at}.${key}`)
      return value === undefined ? [] : [[key, value]]
    }),
  )

/** A choice that is made by a field of its own: only the fields of what was chosen are read. */
const chosenOf = (union: z.ZodDiscriminatedUnion, sent: Sent, at: string): unknown => {
  const { discriminator } = union._zod.def
  const chosen = texts(sent, at === '' ? discriminator : `${at}.${discriminator}`)?.at(-1)
  const option = union.options.find(
    (one) => one instanceof z.ZodObject && one.shape[discriminator]?.safeParse(chosen).success,
  )
  return option instanceof z.ZodObject ? objectOf(option.shape, sent, at) : { [discriminator]: chosen }
}

/** What an empty field means: nothing, where nothing may be; or else that it was left out. */
const emptyOf = (schema: z.ZodType): null | undefined => (schema.safeParse(null).success ? null : undefined)

/** The value of a field as its schema wants it; undefined where the form has no such field. */
const fieldOf = (schema: z.ZodType, sent: Sent, name: string): unknown => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    const given = texts(sent, name)
    const inner = (schema.def as unknown as Wrapped).innerType
    const isEmpty = given?.every((one) => one.trim() === '')
    // A list without entries and a text that may be empty are answers.
    if (isEmpty && !inner.safeParse('').success && !(inner instanceof z.ZodArray)) return emptyOf(schema)
    if (isEmpty && schema instanceof z.ZodNullable) return null
    return fieldOf(inner, sent, name)
  }
  if (schema instanceof z.ZodObject) return isBelow(sent, name) ? objectOf(schema.shape, sent, name) : undefined
  const given = texts(sent, name)
  if (given === undefined) return undefined
  if (schema instanceof z.ZodArray) return given.flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
  const text = last(given)
  if (schema instanceof z.ZodBoolean) return text === 'true' || text === 'on'
  if (schema instanceof z.ZodNumber) return wholeNumber.test(text) ? Number(text) : text
  return given.length > 1 ? given : text
}

/** The body that a form sends, not checked yet. */
export const bodyOf = (schema: z.ZodType | null, sent: Sent): unknown => {
  if (schema === null) return undefined
  if (schema instanceof z.ZodDiscriminatedUnion) return chosenOf(schema, sent, '')
  return schema instanceof z.ZodObject ? objectOf(schema.shape, sent, '') : undefined
}

const codes: Readonly<Record<string, string>> = { missing: 'input.missing', too_large: 'input.too_long' }

type Told = { code: string; field?: string }

/** A refusal of the schema as forms show one: the first thing that is wrong, at its field. */
export const firstProblem = (errors: unknown): Told => {
  const [first] = Array.isArray(errors) ? (errors as { pointer?: string; code?: string }[]) : []
  const field = first?.pointer?.replace(/^#\//, '').replaceAll('/', '.')
  const code = codes[first?.code ?? ''] ?? 'input.invalid'
  return field ? { code, field: field.replace(/\.\d+$/, '') } : { code: 'request.invalid' }
}

/** `parentId` of a failure is the field `parent_id`. */
export const fieldName = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
