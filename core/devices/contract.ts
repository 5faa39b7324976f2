// The words of devices: browsers in which somebody has signed in before.

import type { PersonRef } from '#core/people/contract'

/** Somebody, and since when trust in a browser counts for them: what was given before is over. */
export type DeviceOwner = PersonRef & { trustEndedAt: Date | null }

export type KnownDevice = {
  id: string
  /** The person has said so here, not too long ago, and has the same password and second step as then. */
  isTrusted: boolean
}

/** A known browser as its owner sees it, never its secret. */
export type DeviceView = {
  id: string
  userAgent: string | null
  address: string | null
  createdAt: Date
  lastSeenAt: Date
  /** Null where it is not trusted, or not any more. */
  trustedUntil: Date | null
}

/** What a sign-in leaves in a browser. */
export type RememberedDevice = { id: string; secret: string; isNew: boolean }

/** So many browsers of one person are remembered at an organization, those that were used most recently. */
export const mostDevices = 30

export const failures = { 'device.unknown': 404 } as const
