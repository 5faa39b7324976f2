// A note for the next page, and for that page alone: what has just gone well, or why it has not. Sealed, so that nobody
// can write one for somebody else's page.

import { keepNote, readNote } from '#core/notes'
import { withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { seal, unseal } from '#platform/secrets'
import type { Site } from '#web/site'
import { readCookie, writeCookie } from './context.ts'

export type Flash = {
  code: string
  kind: 'success' | 'failure'
  field?: string
  retryAt?: string
  triesLeft?: number
  values?: Record<string, string>
  /** What the words of a success say: how many, of whom. */
  told?: Record<string, string | number>
  /** What became of each of many. */
  details?: unknown
}

const sealedFor = 'flash'
/** Browsers drop a cookie over 4 KB without a word; the note matters more than what was typed. */
const longest = 3500

type Kept = Flash & { organizationId: string }
/** The cookie of a note that is too long for it. */
type Elsewhere = { organizationId: string; noteId: string }

const sealed = (value: Kept | Elsewhere): string => seal(sealedFor, JSON.stringify(value)).toString('base64url')

/** Whose note it is, where somebody is signed in: then it may be as long as it has to. */
type Whose = { personId: string } | null

const lighter = async (site: Site, flash: Kept, whose: Whose): Promise<string> => {
  const { organizationId } = flash
  const { values: _, details: __, ...light } = flash
  if (!whose) return sealed(light)
  const content = JSON.stringify(flash)
  try {
    const noteId = await withOrganization(site.organization.id, (tx) => keepNote(tx, whose.personId, content))
    return sealed({ organizationId, noteId })
  } catch (error) {
    if (isFailure(error, 'notes.too_long')) return sealed(light)
    throw error
  }
}

export const leaveFlash = async (site: Site, flash: Flash, whose: Whose = null): Promise<void> => {
  const kept: Kept = { ...flash, organizationId: site.organization.id }
  const whole = sealed(kept)
  await writeCookie(site, 'flash', whole.length <= longest ? whole : await lighter(site, kept, whose))
}

const opened = (value: string): Kept | Elsewhere | null => {
  try {
    return JSON.parse(unseal(sealedFor, Buffer.from(value, 'base64url')))
  } catch (error) {
    if (isFailure(error, 'secrets.unreadable')) return null
    throw error
  }
}

export const readFlash = async (site: Site, whose: Whose = null): Promise<Flash | null> => {
  const value = await readCookie(site, 'flash')
  const found = value === null ? null : opened(value)
  if (!found || found.organizationId !== site.organization.id) return null
  if (!('noteId' in found)) {
    const { organizationId: _, ...flash } = found
    return flash
  }
  if (!whose) return null
  const content = await withOrganization(site.organization.id, (tx) => readNote(tx, whose.personId, found.noteId))
  return content === null ? null : JSON.parse(content)
}
