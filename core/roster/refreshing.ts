// What an organization knows of those who live elsewhere, held against their homes: once an hour, for whatever was missed.

import { removeFromGroups, takeBackAll } from '#core/access'
import { systemActor } from '#core/authority'
import { keepKnown, listedFromElsewhere, removeMembership } from '#core/people'
import type { ListedPerson, PersonRef } from '#core/people/contract'
import { forget as forgetSessions } from '#core/sessions'
import { withOrganization } from '#platform/database'
import { asAtHome, isOutdated } from './listing.ts'

const atOnce = 500

const mend = async (organizationId: string, people: readonly ListedPerson[]): Promise<void> => {
  const atHome = await asAtHome(organizationId, people)
  const stale = people.filter((known) => {
    const person = atHome.get(known.personId)
    return person === undefined || isOutdated(known, person)
  })
  if (stale.length === 0) return
  await withOrganization(organizationId, async (tx) => {
    for (const { homeId, personId } of stale) {
      const person = atHome.get(personId)
      if (person) {
        await keepKnown(tx, person)
        continue
      }
      // Their home has deleted them, and was interrupted before it came here.
      const ref = { homeId, personId }
      await takeBackAll(tx, systemActor, { kind: 'person', homeId, id: personId })
      await removeFromGroups(tx, systemActor, ref)
      await removeMembership(tx, systemActor, ref, 'deleted at home')
      await forgetSessions(tx, ref)
    }
  })
}

/** Brings an organization's lists up to date. Opens units of work of its own. */
export const tidy = async (organizationId: string): Promise<void> => {
  let after: PersonRef | null = null
  for (;;) {
    const start: PersonRef | null = after
    const people: ListedPerson[] = await withOrganization(organizationId, (tx) =>
      listedFromElsewhere(tx, atOnce, start),
    )
    await mend(organizationId, people)
    const last = people.at(-1)
    if (!last || people.length < atOnce) return
    after = { homeId: last.homeId, personId: last.personId }
  }
}
