// What became of one invitation, for those who look after invitations: they need not be able to read the whole trail.

import { list as listRecords } from '#core/audit'
import type { AuditRecord } from '#core/audit/contract'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { namesOf } from '#core/roster'
import { withOrganization } from '#platform/database'
import { find } from './looking.ts'

export type InvitationEvent = {
  id: string
  at: Date
  /** `sent`, `sent_again`, `revoked`, `accepted`. */
  what: string
  by: { kind: AuditRecord['actor']['kind']; name: string | null }
}

const most = 50

/** What happened to it, the newest first. Opens units of work of its own. */
export const history = async (organizationId: string, by: Actor, id: string): Promise<InvitationEvent[]> => {
  await find(organizationId, by, id)
  const chain = directory().byId(organizationId)?.ancestors ?? [organizationId]
  const asked = { action: 'invitation.', targetId: id, limit: most }
  const { records } = await withOrganization(organizationId, (tx) => listRecords(tx, systemActor, chain, asked))
  const names = await namesOf(
    records.flatMap(({ actor }) =>
      actor.kind === 'person' && actor.homeId !== null && actor.id !== null
        ? [{ homeId: actor.homeId, personId: actor.id }]
        : [],
    ),
  )
  return records.map(({ id: recordId, at, action, actor }) => ({
    id: recordId,
    at,
    what: action.slice('invitation.'.length),
    by: { kind: actor.kind, name: names.get(actor.id ?? '') ?? null },
  }))
}
