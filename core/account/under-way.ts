// What somebody has begun to add and not confirmed yet: kept by their browser, sealed, and of use in one session for a while.

import { now } from '#platform/clock'
import { isFailure } from '#platform/failure'
import { seal, unseal } from '#platform/secrets'
import type { AccountContext } from './contract.ts'

type Kind = { sealedFor: string; lifetimeMs: number }
type Held<What> = { session: string; until: number; what: What }

export const keepUnderWay = <What>(
  { session }: AccountContext,
  { sealedFor, lifetimeMs }: Kind,
  what: What,
): string => {
  const held: Held<What> = { session: session.id, until: now().getTime() + lifetimeMs, what }
  return seal(sealedFor, JSON.stringify(held)).toString('base64url')
}

/** Null for what is of another kind, of another session, or over. */
export const underWay = <What>(
  { session }: AccountContext,
  { sealedFor }: Kind,
  sealed: string | null,
): What | null => {
  if (sealed === null) return null
  try {
    const held = JSON.parse(unseal(sealedFor, Buffer.from(sealed, 'base64url'))) as Held<What>
    return held.session === session.id && held.until > now().getTime() ? held.what : null
  } catch (error) {
    if (isFailure(error, 'secrets.unreadable')) return null
    throw error
  }
}
