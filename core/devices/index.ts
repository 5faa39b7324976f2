// Owns known browsers: those in which somebody has signed in at an organization, and which of them spare the second step. A
// browser is known by a random secret in a cookie of its own, which outlives the session.
// Calls organizations (how long trust lasts) and audit; called by credentials, which end trust, login, account, roster and
// removal.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import type { Limit } from '#core/limits'
import { directory } from '#core/organizations'
import { securityPolicy } from '#core/organizations/contract'
import type { PersonRef } from '#core/people/contract'
import { days, fromNow, hours, minutes, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import { hashSecret, newSecret } from '#platform/secrets'
import {
  type DeviceOwner,
  type DeviceView,
  failures,
  type KnownDevice,
  mostDevices,
  type RememberedDevice,
} from './contract.ts'
import { trustedUntil } from './rules.ts'
import {
  type DeviceRow,
  deleteDevice,
  deleteDevicesFrom,
  deleteDevicesOf,
  deleteTrustEnd,
  deleteUnseen,
  dropRest,
  insertDevice,
  markDevice,
  passOn,
  readDevice,
  readDevices,
  readTrustEnd,
  writeTrustEnd,
} from './store.ts'

export { belongings } from './store.ts'

registerStatuses(failures)

const longestUserAgent = 300
/** As long as a browser keeps the cookie. */
const keptMs = days(400)
const builtIn = securityPolicy.parse({})

const trustedDaysAt = (organizationId: string): number =>
  (directory().byId(organizationId)?.security ?? builtIn).trustedDeviceDays

const untilOf = (tx: Tx, row: DeviceRow, trustEndedAt: Date | null): Date | null =>
  trustedUntil(
    { trustedAt: row.trusted_at, trustedUntil: row.trusted_until },
    trustedDaysAt(tx.organizationId),
    trustEndedAt,
  )

/** Since when trust in browsers counts for somebody who lives here; null where nothing has ever ended it. */
export const trustEndedAt = (tx: Tx, personId: string): Promise<Date | null> => readTrustEnd(tx, personId)

/** No browser spares somebody the second step any more, at any organization, until they say so again. At their home. */
export const forgetTrust = (tx: Tx, personId: string): Promise<void> => writeTrustEnd(tx, personId, now())

// Without a cookie the same is asked, of a secret that nobody has.
const hashOf = (secret: string | null): Buffer => hashSecret(secret ?? newSecret())

/** The browser with this secret, if this person has signed in with it at the transaction's organization. */
export const knownDevice = async (tx: Tx, owner: DeviceOwner, secret: string | null): Promise<KnownDevice | null> => {
  const row = await readDevice(tx, owner, hashOf(secret))
  return row && { id: row.id, isTrusted: untilOf(tx, row, owner.trustEndedAt) !== null }
}

/** Somebody with all that their known browsers depend on. Opens a unit of work of its own, at their home. */
export const ownerOf = async ({ homeId, personId }: PersonRef): Promise<DeviceOwner> => ({
  homeId,
  personId,
  trustEndedAt: await withOrganization(homeId, (tx) => readTrustEnd(tx, personId)),
})

/** The same in units of work of its own: at the person's home, and at the organization met. */
export const lookAtDevice = async (
  organizationId: string,
  ref: PersonRef,
  secret: string | null,
): Promise<KnownDevice | null> => {
  const owner = await ownerOf(ref)
  return withOrganization(organizationId, (tx) => knownDevice(tx, owner, secret))
}

/**
 * Bounds that a known browser has for itself, so that whoever guesses from elsewhere locks nobody out of their own browser:
 * counted in place of the account's. Null for a browser that this person has never used here. Somebody unknown
 * (`ref` null) is asked for with the same statement, and never found.
 */
export const mayTryAnyway = async (
  organizationId: string,
  ref: PersonRef | null,
  secret: string | null,
): Promise<Limit[] | null> => {
  const whose = ref ?? { homeId: organizationId, personId: 'nobody' }
  const row = await withOrganization(organizationId, (tx) => readDevice(tx, whose, hashOf(secret)))
  if (!row) return null
  const subject = `${organizationId} ${row.id}`
  return [
    { name: 'sign-in device', subject, max: 10, windowMs: minutes(15) },
    { name: 'sign-in device day', subject, max: 50, windowMs: hours(24) },
  ]
}

/**
 * Remembers the browser in which somebody has just signed in at the transaction's organization. Where something is gained, a
 * first sign-in or trust, it gets another secret: a copy that somebody made before is worth nothing. A secret that was not
 * made here is never taken over.
 */
export const remember = async (
  tx: Tx,
  by: Actor,
  { homeId, personId }: PersonRef,
  secret: string | null,
  { trust }: { trust: boolean },
): Promise<RememberedDevice> => {
  const before = hashOf(secret)
  const known = await readDevice(tx, { homeId, personId }, before)
  const seen = { user_agent: by.userAgent?.slice(0, longestUserAgent) ?? null, address: by.address ?? null }
  const policyDays = trustedDaysAt(tx.organizationId)
  const isTrusted = trust && policyDays > 0
  const trusted = isTrusted ? { trusted_at: now(), trusted_until: fromNow(days(policyDays)) } : {}
  const actor: Actor = { ...by, kind: 'person', homeId, personId }
  if (known && secret !== null && !isTrusted) {
    await markDevice(tx, known.id, seen)
    return { id: known.id, secret, isNew: false }
  }
  const next = newSecret()
  const hash = hashSecret(next)
  await passOn(tx, before, hash)
  const id = known?.id ?? newId('dev')
  if (known) await markDevice(tx, id, { ...seen, ...trusted })
  else {
    const [at, person] = [now(), { home_id: homeId, person_id: personId }]
    const first = { created_at: at, last_seen_at: at, trusted_at: null, trusted_until: null }
    await insertDevice(tx, { id, ...person, secret_hash: hash, ...seen, ...first, ...trusted })
    await dropRest(tx, { homeId, personId }, mostDevices)
    await record(tx, actor, 'device.added', { kind: 'device', id })
  }
  if (isTrusted) await record(tx, actor, 'device.trusted', { kind: 'device', id }, { days: policyDays })
  return { id, secret: next, isNew: !known }
}

/** The browsers that somebody is known by at the transaction's organization, the most recently used first. */
export const devicesOf = async (tx: Tx, owner: DeviceOwner): Promise<DeviceView[]> =>
  (await readDevices(tx, owner, mostDevices)).map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    address: row.address,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    trustedUntil: untilOf(tx, row, owner.trustEndedAt),
  }))

/** Forgets one browser of somebody: it is one that they have never used. `device.unknown` for any other. */
export const endDevice = async (tx: Tx, by: Actor, ref: PersonRef, id: string): Promise<void> => {
  if (!(await deleteDevice(tx, ref, id))) return fail('device.unknown')
  await record(tx, by, 'device.ended', { kind: 'device', id })
}

/** Forgets all that somebody is known by at the transaction's organization: they are gone from it. */
export const forgetDevices = async (tx: Tx, ref: PersonRef): Promise<void> => {
  await deleteDevicesOf(tx, ref)
  if (ref.homeId === tx.organizationId) await deleteTrustEnd(tx, ref.personId)
}

/** The same of everybody who lived in an organization that is gone. */
export const forgetHome = (tx: Tx, homeId: string): Promise<void> => deleteDevicesFrom(tx, homeId)

/** Forgets what no browser shows any more. */
export const tidy = (tx: Tx): Promise<void> => deleteUnseen(tx, fromNow(-keptMs))
