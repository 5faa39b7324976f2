// The browsers somebody is signed in with at the organization met, and those that spare them the second step there. What they
// have at other organizations is those organizations' affair.

import type { Actor } from '#core/authority/contract'
import { devicesOf, endDevice, ownerOf } from '#core/devices'
import type { DeviceView } from '#core/devices/contract'
import { find } from '#core/people'
import { endAllOf, endOwn, openOf } from '#core/sessions'
import type { SessionView } from '#core/sessions/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { personIn } from './person-in.ts'

/** The newest first. */
export const ownSessions = async (organizationId: string, by: Actor): Promise<SessionView[]> => {
  const ref = personIn(by)
  const person = (await withOrganization(ref.homeId, (tx) => find(tx, ref.personId))) ?? fail('person.unknown')
  return withOrganization(organizationId, (tx) => openOf(tx, ref, person.sessionGeneration))
}

/** Ends one of them. One of somebody else, or of elsewhere, is as if it did not exist: `session.not_found`. */
export const endOwnSession = async (organizationId: string, by: Actor, id: string): Promise<void> => {
  const ref = personIn(by)
  await withOrganization(organizationId, (tx) => endOwn(tx, by, ref, id, 'ended by its person'))
}

/** Ends all of them but the one it is asked from; a program of theirs asks from none. Answers how many there were. */
export const endOtherSessions = async (organizationId: string, by: Actor, except: string | null): Promise<number> => {
  const ref = personIn(by)
  return withOrganization(organizationId, (tx) =>
    endAllOf(tx, by, ref, { ...(except === null ? {} : { except }), why: 'ended by its person' }),
  )
}

export type TrustedDevice = DeviceView & { trustedUntil: Date }

/** Browsers that spare somebody the second step, the most recently used first. */
export const trustedDevices = async (organizationId: string, by: Actor): Promise<TrustedDevice[]> => {
  const owner = await ownerOf(personIn(by))
  const all = await withOrganization(organizationId, (tx) => devicesOf(tx, owner))
  return all.filter((device): device is TrustedDevice => device.trustedUntil !== null)
}

/** Forgets a browser: the next sign-in there is one in a browser that nobody knows. `device.unknown` for any other's. */
export const forgetOwnDevice = async (organizationId: string, by: Actor, id: string): Promise<void> => {
  const ref = personIn(by)
  await withOrganization(organizationId, (tx) => endDevice(tx, by, ref, id))
}
