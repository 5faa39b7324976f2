/** What the compiler's thread is told, and what it answers. Plain data: it crosses from one thread to the other. */
import type { Kind } from './placeholders.ts'

export type Scheme = 'light' | 'dark'

export type Look = {
  /** By name: 'text', 'onPrimary', … */
  colors: Readonly<Record<string, Readonly<Record<Scheme, string>>>>
  /** Which colours stand in the mail, and whether the others follow where a device is dark. */
  scheme: 'system' | Scheme
  /** What else a brand decides, by placeholder: 'font.body', 'radius.control', 'size.logo-width'. */
  values: Readonly<Record<string, string>>
  /** @font-face rules; {{origin}} in them is filled in per message. */
  faces: string
  isSerif: boolean
  /** Parts that the brand has something for. */
  has: { art: boolean; logo: boolean }
}

export type CompileJob = {
  template: string
  layout: string
  parts: Readonly<Record<string, string>>
  /** What stands in the layout's slot, or a whole <mj-body>. */
  source: string
  /** The plain text part as somebody wrote it; null makes it from the drawing. */
  text: string | null
  /** Drawn by an organization: nothing in it is believed. */
  isForeign: boolean
  /** Names of the values, and which of them have to be there. */
  known: readonly (readonly [string, Kind])[]
  needed: readonly string[]
  look: Look
  locale: string
  dir: 'ltr' | 'rtl'
}

export type CompileProblem = { code: string; message: string }
export type CompileResult = { html: string; text: string; problems: CompileProblem[] }
