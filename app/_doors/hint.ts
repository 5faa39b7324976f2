// Who was led here from another organization's sign-in, so that nobody types their address twice. Cookies do not cross hosts,
// so it goes in the address of the next page; sealed, because addresses of pages are written into logs.

import { minutes, now } from '#platform/clock'
import { isFailure } from '#platform/failure'
import { seal, unseal } from '#platform/secrets'

export type Hint = { username: string; hasTyped: boolean }

const sealedFor = 'sign-in hint'
const lifetimeMs = minutes(5)

type Kept = Hint & { organizationId: string; until: number }

/** A hint for the sign-in of one organization alone. */
export const sealHint = (organizationId: string, hint: Hint): string => {
  const kept: Kept = { ...hint, organizationId, until: now().getTime() + lifetimeMs }
  return seal(sealedFor, JSON.stringify(kept)).toString('base64url')
}

/** What a hint says; null for one that is over, is for somebody else, or was made by nobody here. */
export const readHint = (organizationId: string, sealed: string | null): Hint | null => {
  try {
    const kept = JSON.parse(unseal(sealedFor, Buffer.from(sealed ?? '', 'base64url'))) as Kept
    if (kept.organizationId !== organizationId || kept.until < now().getTime()) return null
    return { username: kept.username, hasTyped: kept.hasTyped }
  } catch (error) {
    if (isFailure(error, 'secrets.unreadable')) return null
    throw error
  }
}
