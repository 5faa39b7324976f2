// For tests: people who belong to organizations with what they were given there, made without hashing anything.

import { give, personActor } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { addMembership, create, find, noteElsewhere } from '#core/people'
import type { Membership, Person } from '#core/people/contract'
import { begin, look } from '#core/sessions'
import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'

type Ref = { homeId: string; personId: string }

let count = 0

type Wish = {
  /** Where they live. */
  home: string
  /** Where they belong; at home unless said. */
  at?: string
  email?: string
  givenName?: string
  familyName?: string
  locale?: string
  kind?: Membership['kind']
  status?: Membership['status']
  role?: string
  reach?: 'organization' | 'subtree'
}

/** Somebody who belongs to an organization. */
export const member = async (wish: Wish): Promise<Person & { ref: Ref }> => {
  count += 1
  const { home, at = home, kind = 'staff', role, reach = 'organization', status = 'active' } = wish
  const { email = `member${count}@staff.example`, givenName = 'Ada', familyName = 'Keller', locale = null } = wish
  const person = await withOrganization(home, async (tx) => {
    const made = await create(tx, systemActor, { email, givenName, familyName, locale, emailVerifiedAt: now() })
    if (made) await noteElsewhere(tx, made.id, at)
    return made ?? fail('person.exists')
  })
  const ref = { homeId: home, personId: person.id }
  await withOrganization(at, async (tx) => {
    await addMembership(tx, systemActor, { ...ref, kind, status, known: person })
    if (role) await give(tx, systemActor, { kind: 'person', homeId: home, id: person.id }, { role, reach })
  })
  return { ...person, ref }
}

/** Somebody as they act at an organization, now. */
export const acting = (at: string, { ref }: { ref: Ref }): Promise<Actor> =>
  personActor(at, ref, { address: '192.0.2.9' })

/** Begins a session for somebody. */
export const sessionOf = async (organizationId: string, ref: Ref): Promise<{ id: string; secret: string }> => {
  const by: Actor = { kind: 'visitor', grants: [] }
  const generation = (await withOrganization(ref.homeId, (tx) => find(tx, ref.personId)))?.sessionGeneration ?? 0
  const beginning = { ...ref, methods: ['pwd'], generation, by }
  return withOrganization(organizationId, (tx) => begin(tx, beginning))
}

/** The same; answers how to ask whether it is still worth something. */
export const signedIn = async (organizationId: string, ref: Ref): Promise<() => Promise<boolean>> => {
  const { secret } = await sessionOf(organizationId, ref)
  return async () => (await look(organizationId, secret)) !== null
}

type Trail = {
  audit_records: { id: string; action: string; target_id: string; actor_id: string | null }
  audit_details: { record_id: string; details: unknown }
}

/** What was recorded about something, the oldest first. */
export const trailOf = (organizationId: string, id: string) =>
  withOrganization(organizationId, async (tx) => {
    const rows = await tx.sql
      .withTables<Trail>()
      .selectFrom('audit_records')
      .innerJoin('audit_details', 'audit_details.record_id', 'audit_records.id')
      .select(['action', 'details', 'actor_id'])
      .where('target_id', '=', id)
      .orderBy('audit_records.id')
      .execute()
    return rows.map(({ action, details, actor_id }) => ({ action, details, by: actor_id }))
  })
