// Who is met under a name that is not in use any more: led to the present one. An old link leads home, and whoever was in
// the middle of something there is still in the middle of it.

import { addressOf } from '#core/organizations'
import { chosenAddress, hasBegun } from '#web/canonical'
import type { Met } from '#web/meet'
import type { CookieSite } from '#web/session-cookie'
import { type Answer, redirect } from './answer.ts'
import { type Asked, isReading, queryOf } from './asked.ts'
import { renamed } from './renamed.ts'

type MetElsewhere = Extract<Met, { kind: 'elsewhere' }>

/**
 * The way to the present name, for good. Not kept by browsers all the same: the old name may come back into use. Null for
 * what cannot be led on: a form would be sent to another origin with all that was typed.
 *
 * Pages lead to the address that is shown. What is bound to a host (cookies, the secret of a mail's link) and what programs
 * ask for stays in the same form, which is a host of the root's own.
 */
export const elsewhere = (met: MetElsewhere, asked: Asked, isForPrograms: boolean): Answer | null => {
  const { by, handle, organization, address, rest } = met
  const same = addressOf(organization, address)
  // Every address by path is at the root's origin, the root's own among them.
  const isSameOrigin = by === 'path'
  if (!isReading(asked) && !isSameOrigin) return null
  const before: CookieSite = { organization: { handle }, origin: same.origin }
  const after: CookieSite = { organization, origin: same.origin }
  const isKept = isSameOrigin && handle !== organization.handle && hasBegun(before, asked.cookie)
  const stays = isKept || isForPrograms || !isReading(asked) || asked.query.has('ticket')
  const chosen = stays ? null : chosenAddress(organization)
  const { origin, base } = chosen ? addressOf(organization, chosen) : same
  const cookies = isKept ? renamed(before, after, asked.cookie) : []
  return redirect(`${origin}${base}${rest}${queryOf(asked)}`, 308, cookies.length > 0 ? { 'set-cookie': cookies } : {})
}
