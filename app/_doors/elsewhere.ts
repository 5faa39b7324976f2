// From the sign-in of one organization to that of another, whose email domain an address is of.

import { addressOf, directory } from '#core/organizations'
import { shownAt } from '#web/canonical'
import type { Site } from '#web/site'
import { type Flash, leaveFlash } from './flash.ts'
import { sealHint } from './hint.ts'

const code = 'elsewhere'

export type Way = { organizationId: string; username: string; hasTyped: boolean; isChosen?: boolean }

/** Remembers the way for the next page of this site, which shows it. */
export const leaveWay = (site: Site, { organizationId, username, hasTyped, isChosen }: Way): Promise<void> =>
  leaveFlash(site, {
    kind: 'success',
    code,
    values: { organizationId, username, ...(hasTyped ? { typed: 'yes' } : {}), ...(isChosen ? { chosen: 'yes' } : {}) },
  })

/** Where the note of the last answer leads; null when it leads nowhere. */
export const wayElsewhere = (flash: Flash | null) => {
  const { organizationId = '', username = '', typed, chosen } = flash?.values ?? {}
  const organization = flash?.code === code ? directory().byId(organizationId) : undefined
  if (!organization || directory().isSuspended(organizationId)) return null
  const hasTyped = typed !== undefined
  const { origin, base } = addressOf(organization, shownAt(organization))
  return {
    name: organization.name,
    /** Null where nothing but the choice of its owner leads there. */
    domain: chosen === undefined ? username.slice(username.lastIndexOf('@') + 1) : null,
    hasTyped,
    href: `${origin}${base}/sign-in/arrive?hint=${sealHint(organizationId, { username, hasTyped })}`,
  }
}
