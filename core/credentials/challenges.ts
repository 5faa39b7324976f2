// Challenges of passkeys: random, sealed with what they are for, and carried by the page that asks. Nothing is kept of one
// until it is brought back; from then on it is spent.

import { take } from '#core/limits'
import { addressOf, directory } from '#core/organizations'
import type { Address } from '#core/organizations/contract'
import { minutes, now } from '#platform/clock'
import { withPlatform } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { newSecret, seal, unseal } from '#platform/secrets'
import type { Challenge, ChallengeBounds, ChallengePurpose } from './contract.ts'
import { rpIdOf } from './webauthn.ts'

const sealedFor = 'passkey challenge'
const lifetimeMs = minutes(10)
/** It stays spent a little longer than it could be brought back. */
const spentMs = lifetimeMs + minutes(1)

type Kept = Challenge & { until: number }

/** What challenges are bound to where an organization is met; `passkey.not_here` where browsers have no passkeys. */
export const boundsAt = (
  { organizationId, address }: { organizationId: string; address: Address },
  purpose: ChallengePurpose,
  binding: string,
): ChallengeBounds => {
  const organization = directory().byId(organizationId) ?? fail('organizations.not_found')
  const { origin } = addressOf(organization, address)
  return { purpose, organizationId, rpId: rpIdOf(origin) ?? fail('passkey.not_here'), origin, binding }
}

/** A new challenge for ten minutes: what the browser signs, and what the page carries beside it. */
export const newChallenge = (bounds: ChallengeBounds): { challenge: string; sealed: string } => {
  const { purpose, organizationId, rpId, origin, binding } = bounds
  const challenge = newSecret()
  const kept: Kept = { purpose, organizationId, rpId, origin, binding, challenge, until: now().getTime() + lifetimeMs }
  return { challenge, sealed: seal(sealedFor, JSON.stringify(kept)).toString('base64url') }
}

const opened = (sealed: string): Kept => {
  try {
    return JSON.parse(unseal(sealedFor, Buffer.from(sealed, 'base64url'))) as Kept
  } catch (error) {
    if (isFailure(error, 'secrets.unreadable')) return fail('passkey.expired')
    throw error
  }
}

const bounds = ['purpose', 'organizationId', 'rpId', 'origin', 'binding'] as const

/**
 * Takes a challenge that was brought back: `passkey.expired` when it is too old, was made for anything else than what is
 * expected, or was taken before. Of all who bring it at the same moment one gets it. Opens a unit of work of its own.
 */
export const takeChallenge = async (sealed: string, expected: ChallengeBounds): Promise<Challenge> => {
  const { until, ...challenge } = opened(sealed)
  if (until <= now().getTime() || bounds.some((bound) => challenge[bound] !== expected[bound])) {
    return fail('passkey.expired')
  }
  const first = { max: 1, windowMs: spentMs }
  const { ok } = await withPlatform((tx) => take(tx, sealedFor, challenge.challenge, first))
  return ok ? challenge : fail('passkey.expired')
}
