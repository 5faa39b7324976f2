// Owns sessions: browsers in which somebody is signed in at one organization. Opaque, kept here, ended at once.
// Calls people (who may still be somebody else than when the session began), organizations (how long one may last) and
// audit; called by login, account, roster and the pages.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { securityPolicy } from '#core/organizations/contract'
import { belongs, find as findPerson, markSignedIn } from '#core/people'
import type { PersonRef } from '#core/people/contract'
import { days, fromNow, hours, minutes, now } from '#platform/clock'
import { announce, type Tx, withOrganization } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import { hashSecret, newSecret } from '#platform/secrets'
import { failures, type Session, type SessionView } from './contract.ts'
import {
  type Bounds,
  countLiving,
  endOne,
  endOneOf,
  endOthers,
  insertSession,
  markSeen,
  readLiving,
  readLivingOf,
  removeFrom,
  removeLongEnded,
  removeOf,
  replaceSecret,
  sessionOf,
  setGeneration,
} from './store.ts'

export { belongings } from './store.ts'

registerStatuses(failures)

const longestUserAgent = 300

const builtIn = securityPolicy.parse({})

/** How long a session lasts at an organization: without a visit, and in any case. */
export const lastingAt = (organizationId: string): { idleMs: number; lifeMs: number } => {
  const { sessionIdleMinutes, sessionLifeHours } = directory().byId(organizationId)?.security ?? builtIn
  return { idleMs: minutes(sessionIdleMinutes), lifeMs: hours(sessionLifeHours) }
}

const boundsAt = (organizationId: string): Bounds => {
  const { idleMs, lifeMs } = lastingAt(organizationId)
  return { seenAfter: fromNow(-idleMs), begunAfter: fromNow(-lifeMs) }
}

/** Not every request is written down: a visit counts from the last one that was, at most a minute before it. */
const seenEveryMs = (idleMs: number): number => Math.min(minutes(1), idleMs / 20)

type Beginning = PersonRef & { methods: string[]; generation: number; by: Actor; deviceId?: string | null }

/** Begins a session at the transaction's organization. The secret is for the browser; only its hash stays. */
export const begin = async (
  tx: Tx,
  { homeId, personId, methods, generation, by, deviceId = null }: Beginning,
): Promise<{ id: string; secret: string }> => {
  const id = newId('ses')
  const secret = newSecret()
  const at = now()
  const { idleMs, lifeMs } = lastingAt(tx.organizationId)
  await insertSession(tx, {
    org_id: tx.organizationId,
    id,
    secret_hash: hashSecret(secret),
    home_id: homeId,
    person_id: personId,
    methods,
    generation,
    address: by.address ?? null,
    user_agent: by.userAgent?.slice(0, longestUserAgent) ?? null,
    created_at: at,
    last_seen_at: at,
    proven_at: at,
    device_id: deviceId,
    idle_until: fromNow(idleMs),
    expires_at: fromNow(lifeMs),
  })
  const actor: Actor = { ...by, kind: 'person', homeId, personId }
  await record(tx, actor, 'session.started', { kind: 'session', id }, { methods })
  await markSignedIn(tx, personId)
  return { id, secret }
}

/**
 * The session behind a secret, at this organization, if it is still worth something: neither ended nor idle for too
 * long, its person active and unchanged in what they proved, and still a member. Opens units of work of its own, since a
 * person may live in another organization than the one met.
 */
export const look = async (organizationId: string, secret: string): Promise<Session | null> => {
  const met = await withOrganization(organizationId, async (tx) => {
    const row = await readLiving(tx, hashSecret(secret), boundsAt(organizationId))
    if (!row || !(await belongs(tx, { homeId: row.home_id, personId: row.person_id }))) return null
    const isAtHome = row.home_id === organizationId
    return { row, person: isAtHome ? await findPerson(tx, row.person_id) : null, isAtHome }
  })
  if (!met) return null
  const { row } = met
  const person = met.isAtHome ? met.person : await withOrganization(row.home_id, (tx) => findPerson(tx, row.person_id))
  if (person?.status !== 'active' || person.sessionGeneration !== row.generation) return null
  const { idleMs } = lastingAt(organizationId)
  if (now().getTime() - row.last_seen_at.getTime() >= seenEveryMs(idleMs)) {
    await withOrganization(organizationId, (tx) => markSeen(tx, row.id, fromNow(idleMs)))
  }
  return sessionOf(row)
}

export type Proof = { methods: string[]; provenAt: Date }

/**
 * Somebody has proven themselves again in their session: it goes on under another secret, and whoever knew the old one is
 * out. The methods are added to those of before. Fails with `session.unknown` where there is nothing to go on with.
 */
export const rotate = async (tx: Tx, by: Actor, id: string, proof: Proof): Promise<{ secret: string }> => {
  const secret = newSecret()
  if (!(await replaceSecret(tx, id, hashSecret(secret), proof))) return fail('session.unknown')
  await record(tx, by, 'session.proven', { kind: 'session', id }, { methods: proof.methods })
  await announce(tx, 'sessions', tx.organizationId)
  return { secret }
}

/** Ends a session; ending one that has ended changes nothing. */
export const end = async (tx: Tx, by: Actor, id: string, why: string): Promise<void> => {
  if (!(await endOne(tx, id, why))) return
  await record(tx, by, 'session.ended', { kind: 'session', id }, { why })
  await announce(tx, 'sessions', tx.organizationId)
}

/** The same for one of a person's own: `session.not_found` for anybody else's, and for what is over. */
export const endOwn = async (tx: Tx, by: Actor, ref: PersonRef, id: string, why: string): Promise<void> => {
  if (!(await endOneOf(tx, ref, id, why))) return fail('session.not_found')
  await record(tx, by, 'session.ended', { kind: 'session', id }, { why })
  await announce(tx, 'sessions', tx.organizationId)
}

/** Ends a person's sessions at the transaction's organization. Those elsewhere end by people.endSessions, at home. Answers how many. */
export const endAllOf = async (
  tx: Tx,
  by: Actor,
  { homeId, personId }: PersonRef,
  { except, why }: { except?: string; why: string },
): Promise<number> => {
  const count = await endOthers(tx, homeId, personId, except ?? null, why)
  if (count > 0) await record(tx, by, 'session.all_ended', { kind: 'person', id: personId }, { why, count })
  await announce(tx, 'sessions', tx.organizationId)
  return count
}

const mostShown = 100

/** What somebody has open at the transaction's organization, the newest first; `generation` is theirs as of now. */
export const openOf = async (tx: Tx, ref: PersonRef, generation: number): Promise<SessionView[]> =>
  (await readLivingOf(tx, ref, generation, boundsAt(tx.organizationId), mostShown)).map((row) => ({
    id: row.id,
    methods: row.methods,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    deviceId: row.device_id,
    address: row.address,
    userAgent: row.user_agent,
  }))

/** Forgets that somebody was ever signed in here, and ends what they have open: they are deleted. */
export const forget = async (tx: Tx, { homeId, personId }: PersonRef): Promise<void> => {
  await removeOf(tx, homeId, personId)
  await announce(tx, 'sessions', tx.organizationId)
}

/** The same of everybody who lived in an organization that is gone. */
export const forgetHome = async (tx: Tx, homeId: string): Promise<void> => {
  await removeFrom(tx, homeId)
  await announce(tx, 'sessions', tx.organizationId)
}

/** In how many browsers somebody is signed in here. */
export const countOpen = (tx: Tx): Promise<number> => countLiving(tx, boundsAt(tx.organizationId))

/** Lets one session live on in the person's new generation: the one in which they have just proven themselves again. */
export const renew = (tx: Tx, id: string, generation: number): Promise<void> => setGeneration(tx, id, generation)

/** Forgets what has been over for a month. */
export const tidy = (tx: Tx): Promise<void> => removeLongEnded(tx, fromNow(-days(30)))
