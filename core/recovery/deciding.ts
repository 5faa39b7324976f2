// Deciding: by whoever may reset what people prove themselves with, at the home of whoever asked, and nobody about themselves or
// about somebody who holds more.

import { overseer, requireOver } from '#core/access'
import { record } from '#core/audit'
import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { passwordOf, totpOf } from '#core/credentials'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { add } from '#core/outbox'
import { elsewhereOf, find, findAll, listedByIds } from '#core/people'
import type { Person, PersonRef } from '#core/people/contract'
import { days, fromNow, hours, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { cancelMs } from './asking.ts'
import {
  type RecoveryPage,
  type RecoveryQuery,
  type RecoveryRequest,
  type RecoveryView,
  reasonText,
  recoveryQuery,
} from './contract.ts'
import { cancelPurpose, issueLink, writeTo } from './links.ts'
import { read } from './reading.ts'
import { countWaiting, readPage, readRequest, writeDecision } from './store.ts'
import { dueEvent, sendLink } from './tidying.ts'

/** A link that is due is sent within this time, even if nothing runs for long. */
const sendingMs = days(30)

const homeFor = (organizationId: string, by: Actor): Organization => {
  const home = directory().byId(organizationId) ?? fail('organizations.not_found')
  requirePermission(by, 'people.reset', home.ancestors)
  return home
}

const isSelf = (by: Actor, personId: string): boolean => by.kind === 'person' && by.personId === personId

/** What whoever decided is called, by id. Opens a unit of work for each home. */
const namesOf = async (refs: readonly PersonRef[]): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>()
  for (const homeId of new Set(refs.map((ref) => ref.homeId))) {
    const ids = refs.filter((ref) => ref.homeId === homeId).map(({ personId }) => personId)
    const people = directory().byId(homeId) ? await withOrganization(homeId, (tx) => findAll(tx, ids)) : []
    for (const { id, givenName, familyName, email } of people)
      names.set(id, `${givenName} ${familyName}`.trim() || email)
  }
  return names
}

type Seen = Omit<RecoveryView, 'decidedByName'>

const seen = async (tx: Tx, by: Actor, requests: readonly RecoveryRequest[]): Promise<Seen[]> => {
  const ids = requests.map(({ personId }) => personId)
  const people = new Map((await findAll(tx, ids)).map((person) => [person.id, person]))
  const entries = new Map((await listedByIds(tx, ids)).map((entry) => [entry.personId, entry]))
  const isOver = await overseer(tx, by)
  const views: Seen[] = []
  for (const request of requests) {
    const person = people.get(request.personId)
    if (!person) continue
    const entry = entries.get(person.id)
    const { email, givenName, familyName, createdAt, status, locale } = person
    views.push({
      ...request,
      person: {
        email,
        givenName,
        familyName,
        createdAt,
        status,
        lastSignInAt: entry?.lastSignInAt ?? null,
        passwordChangedAt: (await passwordOf(tx, person.id))?.changedAt ?? null,
        secondStepAddedAt: (await totpOf(tx, person.id))?.addedAt ?? null,
      },
      canDecide:
        !isSelf(by, person.id) && isOver(person.id, { email, locale, kind: entry?.kind ?? ('consumer' as const) }),
    })
  }
  return views
}

const named = async (views: readonly Seen[]): Promise<RecoveryView[]> => {
  const names = await namesOf(views.flatMap(({ decidedBy }) => (decidedBy ? [decidedBy] : [])))
  return views.map((view) => ({
    ...view,
    decidedByName: view.decidedBy && (names.get(view.decidedBy.personId) ?? null),
  }))
}

/** A page of requests, the newest first, and where the next one begins. Opens units of work of its own. */
export const list = async (organizationId: string, by: Actor, wanted: RecoveryQuery = {}): Promise<RecoveryPage> => {
  homeFor(organizationId, by)
  const { status, limit, after } = read(recoveryQuery, wanted)
  const { views, next } = await withOrganization(organizationId, async (tx) => {
    const all = await readPage(tx, { status, limit, after: after ?? null })
    const last = all.length > limit ? all[limit - 1] : undefined
    return {
      views: await seen(tx, by, all.slice(0, limit)),
      next: last ? { at: last.createdAt.toISOString(), id: last.id } : null,
    }
  })
  return { requests: await named(views), next }
}

/** One of them. Opens units of work of its own. */
export const look = async (organizationId: string, by: Actor, id: string): Promise<RecoveryView> => {
  homeFor(organizationId, by)
  const views = await withOrganization(organizationId, async (tx) => {
    const request = await readRequest(tx, id)
    return request ? seen(tx, by, [request]) : []
  })
  const [view] = await named(views)
  return view ?? fail('recovery.unknown')
}

/** How many wait for somebody to decide. */
export const waiting = (organizationId: string, by: Actor): Promise<number> => {
  homeFor(organizationId, by)
  return withOrganization(organizationId, countWaiting)
}

/** Whom it is about, when the actor may decide about them: felt wherever they belong, so it is asked there as well. */
const requireDecidable = async (organizationId: string, by: Actor, id: string) => {
  homeFor(organizationId, by)
  const { request, person, elsewhere } = await withOrganization(organizationId, async (tx) => {
    const found = (await readRequest(tx, id)) ?? fail('recovery.unknown')
    const { personId } = found
    return {
      request: found,
      person: (await find(tx, personId)) ?? fail('recovery.unknown'),
      elsewhere: await elsewhereOf(tx, personId),
    }
  })
  if (isSelf(by, person.id)) return fail('recovery.own_request')
  await withOrganization(organizationId, (tx) => requireOverHere(tx, by, person))
  for (const other of elsewhere) await withOrganization(other, (tx) => requireOverHere(tx, by, person))
  if (request.status !== 'waiting' || request.expiresAt <= now()) return fail('recovery.not_waiting')
  return { request, person }
}

const requireOverHere = (tx: Tx, by: Actor, { homeId, id, email, locale }: Person): Promise<void> =>
  requireOver(tx, by, { homeId, personId: id }, { email, locale })

const deciderOf = ({ kind, homeId, personId }: Actor): PersonRef | null =>
  kind === 'person' && homeId && personId ? { homeId, personId } : null

type Why = { reason: string }

/**
 * Agrees: once the time that the organization wants is over, whoever asked gets a link. They are told now, and can still say
 * that it was not them. Opens units of work of its own.
 */
export const approve = async (organizationId: string, by: Actor, id: string, why: Why): Promise<RecoveryRequest> => {
  const note = read(reasonText, why.reason, 'reason')
  const { request, person } = await requireDecidable(organizationId, by, id)
  if (person.status !== 'active') return fail('recovery.not_active')
  const waitMs = hours(directory().byId(organizationId)?.security.recoveryWaitHours ?? 24)
  const link = await issueLink(request, cancelPurpose, cancelMs)
  const approved = await withOrganization(organizationId, async (tx) => {
    await requireOverHere(tx, by, person)
    const readyAt = fromNow(waitMs)
    const expiresAt = fromNow(waitMs + sendingMs)
    const decision = { status: 'approved' as const, by: deciderOf(by), note, readyAt, expiresAt }
    const decided = (await writeDecision(tx, id, decision)) ?? fail('recovery.not_waiting')
    await record(tx, by, 'recovery.approved', { kind: 'person', id: person.id }, { reason: note })
    await writeTo(tx, decided, 'recovery-approved', { data: { expiresAt: readyAt.toISOString() }, link })
    await add(tx, dueEvent, { request: id }, { runAt: readyAt })
    return decided
  })
  if (waitMs === 0) await sendLink(organizationId, id)
  return approved
}

/** Refuses, and tells whoever asked. The reason stays here and in the trail. Opens units of work of its own. */
export const decline = async (organizationId: string, by: Actor, id: string, why: Why): Promise<RecoveryRequest> => {
  const note = read(reasonText, why.reason, 'reason')
  const { request, person } = await requireDecidable(organizationId, by, id)
  return withOrganization(organizationId, async (tx) => {
    await requireOverHere(tx, by, person)
    const { expiresAt } = request
    const decision = { status: 'declined' as const, by: deciderOf(by), note, readyAt: null, expiresAt }
    const decided = (await writeDecision(tx, id, decision)) ?? fail('recovery.not_waiting')
    await record(tx, by, 'recovery.declined', { kind: 'person', id: person.id }, { reason: note })
    await writeTo(tx, decided, 'recovery-declined')
    return decided
  })
}
