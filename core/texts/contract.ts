/** The words of the interface, by key, in the person's language. */
import { z } from 'zod'

/** The languages that Livery itself speaks completely. An organization may offer regional forms of them (de-AT). */
export const builtInLocales = ['en', 'de', 'pt', 'ar'] as const
export type BuiltInLocale = (typeof builtInLocales)[number]

export type TextValue = string | number | Date | boolean
export type TextValues = Record<string, TextValue>
/** Draws a tag of a message: `<b>…</b>` calls tags.b with what stands between. */
export type TextTags<T> = Record<string, (chunks: (string | T)[]) => T>

export type Texts = {
  locale: string
  dir: 'ltr' | 'rtl'
  version: string
  /** Plain words; tags are left out. Never escaped: that is the business of whoever writes them into HTML. */
  t(key: string, values?: TextValues): string
  /** Words with tags drawn by the caller; unknown tags are left out, what they surround stays. */
  rich<T>(key: string, values: TextValues | undefined, tags: TextTags<T>): (string | T)[]
  has(key: string): boolean
}

export const textKey = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/

/** A file of texts: flat, dotted keys; null takes an inherited override back to the built-in words. */
export const TextsSource = z.record(
  z.string().max(80).regex(textKey, 'keys are lower-case words joined by dots'),
  z
    .string()
    .max(2000)
    // Line feeds are welcome; other control characters and direction overrides are not.
    .regex(/^(?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]|\n)*$/u, 'plain text without control characters')
    .nullable(),
)
export type TextsSource = z.infer<typeof TextsSource>

export const localeName = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/, 'a language tag such as de or de-AT')

export type TextsProblem = { code: string; at: string; message: string }
