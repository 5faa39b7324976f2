// The sample world as this run's server wrote it down: where it is met, who lives in it, and with which password.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoNotes } from '#demo/notes'
import { organizations } from '#demo/world'

const setting = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the stories are started by playwright.config.ts`)
  return value
}

/** Of the root organization: `http://localhost:<port>`. */
export const origin = (): string => setting('LIVERY_E2E_ORIGIN')
export const port = (): number => Number(new URL(origin()).port)
export const dataDirectory = (): string => setting('LIVERY_E2E_DATA_DIR')

export const notesIn = (directory: string): DemoNotes =>
  JSON.parse(readFileSync(join(directory, 'demo.json'), 'utf8')) as DemoNotes

let kept: DemoNotes | undefined
export const notes = (): DemoNotes => {
  kept ??= notesIn(dataDirectory())
  return kept
}

export type Form = 'root' | 'path' | 'name' | 'domain'

/** An organization as it is met at one address. */
export type Address = {
  handle: string
  form: Form
  /** Without a trailing slash: `http://localhost:3000/o/alpine`. */
  url: string
  origin: string
  /** '' or '/o/alpine'. */
  base: string
}

const formOf = (handle: string, url: URL): Form => {
  const root = new URL(origin()).hostname
  if (url.pathname.startsWith('/o/')) return 'path'
  if (url.hostname === root) return 'root'
  return url.hostname === `${handle}.${root}` ? 'name' : 'domain'
}

const addressOf = (handle: string, given: string): Address => {
  const url = new URL(given)
  const base = url.pathname === '/' ? '' : url.pathname
  return { handle, form: formOf(handle, url), url: url.origin + base, origin: url.origin, base }
}

export const addressesOf = (handle: string): Address[] =>
  (notes().organizations.find((one) => one.handle === handle)?.addresses ?? []).map((url) => addressOf(handle, url))

/** In the first of its forms, unless one is asked for. */
export const addressIn = (handle: string, form?: Form): Address => {
  const found = addressesOf(handle).find((address) => form === undefined || address.form === form)
  if (!found) throw new Error(`${handle} has no address of the form ${form}`)
  return found
}

/** The organizations that may be seen, in the order of the sample world. */
export const live = organizations.filter(({ suspended }) => !suspended)
export const handles = live.map(({ handle }) => handle)
/** Known before any server runs, so that stories can be told one by one: which forms an organization is met in. */
export const formsOf = (handle: string): Form[] => {
  const { parent, hosts = [] } = live.find((one) => one.handle === handle) ?? { parent: null }
  return parent === null ? ['root'] : ['path', 'name', ...(hosts.length > 0 ? (['domain'] as const) : [])]
}

export const demoPerson = (email: string): DemoNotes['people'][number] => {
  const found = notes().people.find((person) => person.email === email)
  if (!found) throw new Error(`nobody in the sample world is ${email}`)
  return found
}
