// Erasing what was left of an organization: module by module, each its own tables, each in a unit of work of its own. Every
// step may be done again, so that a process that dies in the middle loses nothing.

import { forgetHome as forgetGrants, belongings as ofAccess } from '#core/access'
import { eraseAbout, belongings as ofAudit, record, seal } from '#core/audit'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { forgetHome as forgetConsents, belongings as ofConsents } from '#core/consents'
import { belongings as ofCredentials } from '#core/credentials'
import { forgetHome as forgetDevices, belongings as ofDevices } from '#core/devices'
import { belongings as ofDocuments } from '#core/documents'
import { belongings as ofEmails } from '#core/emails'
import { belongings as ofInvitations } from '#core/invitations'
import { belongings as ofLogin } from '#core/login'
import { belongings as ofNotes } from '#core/notes'
import { belongings as ofOnboarding } from '#core/onboarding'
import { directory } from '#core/organizations'
import { belongings as ofOutbox } from '#core/outbox'
import { forgetOrganization, belongings as ofPeople, removeMembershipsOf, residentsAt, tiesOf } from '#core/people'
import { belongings as ofRecovery } from '#core/recovery'
import { forgetHome as forgetSessions, belongings as ofSessions } from '#core/sessions'
import { belongings as ofTickets } from '#core/tickets'
import { belongings as ofTokens } from '#core/tokens'
import { belongings as ofUsage } from '#core/usage'
import type { Belongings, Counts } from '#platform/belongings'
import { fromNow, minutes } from '#platform/clock'
import { asOrganization, type Tx, withOrganization, withPlatform } from '#platform/database'
import { log } from '#platform/log'
import { deleteRemoval, lockRemoval, readRemovals, writeErased } from './store.ts'

/** People last: until then they say which other organizations have to do with them. */
export const all: readonly Belongings[] = [
  ofNotes,
  ofOutbox,
  ofEmails,
  ofLogin,
  ofTickets,
  ofSessions,
  ofDevices,
  ofConsents,
  ofInvitations,
  ofOnboarding,
  ofTokens,
  ofAccess,
  ofDocuments,
  ofUsage,
  ofCredentials,
  ofRecovery,
  ofAudit,
  ofPeople,
]

/** Who was under way when the organization was deleted has finished by then, or never will. */
const settledAfterMs = minutes(5)

/** Nobody who lived in the organization belongs to the transaction's one any more. */
export const takeOutResidents = async (tx: Tx, by: Actor, organizationId: string): Promise<void> => {
  await forgetGrants(tx, organizationId)
  await forgetSessions(tx, organizationId)
  await forgetDevices(tx, organizationId)
  await forgetConsents(tx, organizationId)
  await removeMembershipsOf(tx, by, organizationId)
}

const untie = async (organizationId: string): Promise<void> => {
  const { elsewhere, homes } = await withOrganization(organizationId, tiesOf)
  const target = { kind: 'organization', id: organizationId }
  for (const id of elsewhere) {
    const residents = await withOrganization(organizationId, (tx) => residentsAt(tx, id))
    await withOrganization(id, async (tx) => {
      await eraseAbout(tx, systemActor, target, residents)
      await takeOutResidents(tx, systemActor, organizationId)
    })
  }
  for (const id of homes) await withOrganization(id, (tx) => forgetOrganization(tx, organizationId))
}

const sum = (one: Counts, other: Counts): Counts =>
  Object.fromEntries(Object.keys({ ...one, ...other }).map((key) => [key, (one[key] ?? 0) + (other[key] ?? 0)]))

/** As the trail keeps them: names of kinds stand beside their numbers, where nothing takes them for secrets. */
export const listed = (counts: Readonly<Counts>) => Object.entries(counts).map(([of, count]) => ({ of, count }))

const writeDown = async (tx: Tx, organizationId: string, counts: Counts): Promise<void> => {
  const found = await lockRemoval(tx, organizationId)
  if (found) await writeErased(tx, organizationId, sum(found.erased, counts))
}

/** When nothing can come after it any more it is over, and the parent's trail says so. */
const close = async (tx: Tx, organizationId: string): Promise<void> => {
  const found = await lockRemoval(tx, organizationId)
  if (!found || found.requestedAt > fromNow(-settledAfterMs)) return
  await deleteRemoval(tx, organizationId)
  if (!directory().byId(found.parentId)) return
  const target = { kind: 'organization', id: organizationId }
  await asOrganization(tx, found.parentId, (own) =>
    record(own, systemActor, 'organization.erased', target, { counts: listed(found.erased) }),
  )
}

/** Erases what is left of one organization. */
export const finishRemoval = async (organizationId: string): Promise<void> => {
  await untie(organizationId)
  for (const belongings of all) {
    const counts = await withOrganization(organizationId, belongings.erase)
    await withPlatform((tx) => writeDown(tx, organizationId, counts))
  }
  await seal(organizationId)
  await withPlatform((tx) => close(tx, organizationId))
}

/** Erases whatever is still to be erased, whichever process began it. Where one fails, the others go on. */
export const finishRemovals = async (isStopped: () => boolean = () => false): Promise<void> => {
  for (const removal of await withPlatform(readRemovals)) {
    if (isStopped()) return
    const { organizationId } = removal
    await finishRemoval(organizationId).catch(({ message }: Error) =>
      log.warn({ organizationId, reason: message }, 'an organization was not erased to its end'),
    )
  }
}
