// Helping somebody back in who has lost what they prove themselves with. Whoever helps never sees a secret: it is chosen
// by the person, with a link that goes to their mailbox alone.

import { requireOver } from '#core/access'
import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { askForAnother, endFactors, endPassword, totpOf } from '#core/credentials'
import { takeAll } from '#core/limits'
import { endSessions } from '#core/people'
import { endAllOf } from '#core/sessions'
import { hours, minutes, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { issuePasswordLink } from './changing.ts'
import { reasonText } from './contract.ts'
import { nameOf, toPerson, write } from './mail.ts'
import { read } from './reading.ts'
import { findResident, requireOverElsewhere, requireSomebodyElse, type Target, traitsOf } from './target.ts'

const linkMs = minutes(60)

/** Each reset is a mail to somebody and an interruption of their day. */
const boundResets = async (what: string, { ref }: Target): Promise<void> => {
  const subject = `${ref.homeId}/${ref.personId}`
  const exceeded = await takeAll([{ name: `roster ${what}`, subject, max: 5, windowMs: hours(1) }])
  if (exceeded) fail('roster.too_many_tries', undefined, { retryAt: exceeded.resetsAt.toISOString() })
}

type Why = { reason: string }

/** Whom it is about, when they may be helped: they live here, can read the mail, and hold nothing that the actor does not. */
const helped = async (organizationId: string, by: Actor, personId: string, what: string): Promise<Target> => {
  requireSomebodyElse(by, personId)
  const target = await findResident(organizationId, by, 'people.reset', personId)
  if (target.person.status !== 'active') return fail('roster.not_active')
  await withOrganization(organizationId, (tx) => requireOver(tx, by, target.ref, traitsOf(target.person)))
  await requireOverElsewhere(by, target)
  await boundResets(what, target)
  return target
}

/** Nobody goes on with what was proven before. */
const endAll = async (tx: Tx, by: Actor, { ref }: Target, why: string): Promise<void> => {
  await endSessions(tx, ref.personId)
  await endAllOf(tx, by, ref, { why })
}

/** Ends the use of somebody's password, and their sessions everywhere, and writes to them how they choose the next one. */
export const resetPassword = async (organizationId: string, by: Actor, personId: string, why: Why): Promise<void> => {
  const reason = read(reasonText, why.reason)
  const target = await helped(organizationId, by, personId, 'password reset')
  const { ref, person } = target
  const byName = await nameOf(by)
  await withOrganization(organizationId, async (tx) => {
    await requireOver(tx, by, ref, traitsOf(person))
    await endPassword(tx, by, personId, 'reset by an administrator')
    await endAll(tx, by, target, 'password reset')
    const { expiresAt, ...link } = await issuePasswordLink(tx, ref, linkMs)
    const data = { at: now().toISOString(), by: byName, expiresAt: expiresAt.toISOString() }
    const letter = { to: toPerson(ref), data, link, locale: person.locale }
    await write(tx, 'password-reset-by-administrator', letter, { priority: 0, expiresAt })
    await record(tx, by, 'person.password_reset', { kind: 'person', id: personId }, { reason })
  })
}

/** From their next sign-in on somebody has to choose another password; until then nothing ends. */
export const askForNewPassword = async (
  organizationId: string,
  by: Actor,
  personId: string,
  why: Why,
): Promise<void> => {
  const reason = read(reasonText, why.reason)
  const target = await helped(organizationId, by, personId, 'new password')
  await withOrganization(organizationId, async (tx) => {
    await requireOver(tx, by, target.ref, traitsOf(target.person))
    if (!(await askForAnother(tx, personId))) return fail('roster.no_password')
    await record(tx, by, 'person.new_password_asked', { kind: 'person', id: personId }, { reason })
  })
}

/**
 * Takes every second factor of somebody away: the authenticator app, phones and recovery codes, and where that is wanted passkeys
 * as well. Ends their sessions everywhere, and tells them.
 */
export const resetSecondStep = async (
  organizationId: string,
  by: Actor,
  personId: string,
  why: Why & { passkeys?: boolean | undefined },
): Promise<void> => {
  const reason = read(reasonText, why.reason)
  const target = await helped(organizationId, by, personId, 'second step reset')
  const { ref, person } = target
  const byName = await nameOf(by)
  await withOrganization(organizationId, async (tx) => {
    await requireOver(tx, by, ref, traitsOf(person))
    const before = await totpOf(tx, personId)
    const withPasskeys = why.passkeys === true
    const ended = await endFactors(tx, by, personId, 'reset by an administrator', { withPasskeys })
    if (ended.length === 0) return fail('roster.no_second_step')
    await endAll(tx, by, target, 'second step reset')
    const data = { at: now().toISOString(), by: byName }
    const letter = { to: toPerson(ref), data, locale: person.locale }
    await write(tx, 'second-step-reset-by-administrator', letter, { priority: 0 })
    const about = { kind: 'person', id: personId }
    await record(tx, by, 'person.second_step_reset', about, { before: { addedAt: before?.addedAt }, ended, reason })
  })
}
