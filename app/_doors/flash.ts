// A note for the next page, and for that page alone: what has just gone well, or why it has not. Sealed, so that nobody
// can write one for somebody else's page.

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
}

const sealedFor = 'flash'
/** Browsers drop a cookie over 4 KB without a word; the note matters more than what was typed. */
const longest = 3500

type Kept = Flash & { organizationId: string }

const sealed = (site: Site, flash: Flash): string => {
  const kept: Kept = { ...flash, organizationId: site.organization.id }
  return seal(sealedFor, JSON.stringify(kept)).toString('base64url')
}

export const leaveFlash = async (site: Site, flash: Flash): Promise<void> => {
  const whole = sealed(site, flash)
  await writeCookie(site, 'flash', whole.length <= longest ? whole : sealed(site, { ...flash, values: {} }))
}

export const readFlash = async (site: Site): Promise<Flash | null> => {
  const value = await readCookie(site, 'flash')
  if (value === null) return null
  try {
    const { organizationId, ...flash } = JSON.parse(unseal(sealedFor, Buffer.from(value, 'base64url'))) as Kept
    return organizationId === site.organization.id ? flash : null
  } catch (error) {
    if (isFailure(error, 'secrets.unreadable')) return null
    throw error
  }
}
