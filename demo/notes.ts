// <data directory>/demo.json: what somebody (or a test) needs to know to walk through the sample world.

import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settings } from '#platform/env'

export type DemoNotes = {
  origin: string
  /** One for all. */
  password: string
  organizations: { handle: string; name: string; suspended: boolean; addresses: string[] }[]
  people: {
    email: string
    password: string
    name: string
    home: string
    memberships: { organization: string; kind: string; roles: string[] }[]
    suspended: boolean
    /** Base32, of the authenticator app of whoever has one. */
    totpSecret?: string
    note: string
  }[]
  /** Of the program that looks after the root and everything below it; null while somebody has suspended it. */
  apiToken: string | null
}

const file = () => join(settings().dataDirectory, 'demo.json')

/** What an earlier start has written; null when there was none, or when it cannot be read. */
export const readNotes = (): DemoNotes | null => {
  try {
    const read = JSON.parse(readFileSync(file(), 'utf8')) as DemoNotes
    return typeof read.password === 'string' && Array.isArray(read.people) ? read : null
  } catch {
    return null
  }
}

/** Whole or not at all, and for its owner alone. */
export const writeNotes = (notes: DemoNotes): void => {
  mkdirSync(settings().dataDirectory, { recursive: true, mode: 0o700 })
  const draft = `${file()}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(notes, null, 2)}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, file())
}
