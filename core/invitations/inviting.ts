// Asking addresses to join: many at once, each with an answer of its own.

import { overseer, requireFillable, requireGiveable } from '#core/access'
import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { canonicalEmail, chosenLocale, listedByEmails } from '#core/people'
import { nameOf } from '#core/roster'
import { days, fromNow, minutes, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { newId } from '#platform/ids'
import { type Invitation, type InviteResult, type NewInvitations, newInvitations } from './contract.ts'
import { type Inviting, send } from './mail.ts'
import { verifiedDomainsOf } from './proven.ts'
import { checkedMessage, isBoundToDomains, read, stateAt } from './rules.ts'
import { countSentSince, insertInvitation, readPending, renewInvitation } from './store.ts'

/** Nobody is written to again before so long, nor more often than so in all. */
const restMs = minutes(1)
const mostSends = 10
/** An organization's invitations are read by strangers: so many a day are somebody's onboarding, more are not. */
const mostADay = 2000

type Wish = Omit<ReturnType<typeof newInvitations.parse>, 'emails'>

const inviterOf = ({ kind, homeId, personId }: Actor): Invitation['inviter'] => ({
  kind: kind === 'person' || kind === 'service' ? kind : 'system',
  homeId: homeId ?? null,
  id: personId ?? null,
})

/** Whoever asks others to join could give all of it themselves. */
export const requireInvitable = async (
  tx: Tx,
  by: Actor,
  { roles, groups }: Pick<Invitation, 'roles' | 'groups'>,
): Promise<void> => {
  for (const role of roles) await requireGiveable(tx, by, role)
  for (const group of groups) await requireFillable(tx, by, group)
}

/** Whoever could not give what an invitation says may not change it either. What is gone by now gives nothing to anybody. */
export const requireChangeable = async (
  tx: Tx,
  by: Actor,
  { roles, groups }: Pick<Invitation, 'roles' | 'groups'>,
): Promise<void> => {
  const gone = ['access.role_unknown', 'access.group_unknown', 'access.group_has_rule']
  const checks = [
    ...roles.map((role) => () => requireGiveable(tx, by, role)),
    ...groups.map((group) => () => requireFillable(tx, by, group)),
  ]
  for (const check of checks) {
    try {
      await check()
    } catch (error) {
      if (!isFailure(error) || !gone.includes(error.code)) throw error
    }
  }
}

const renewed = (before: Invitation, by: Actor, wish: Wish): Invitation => ({
  ...before,
  ...wish,
  inviter: inviterOf(by),
  lastSentAt: now(),
  expiresAt: fromNow(days(wish.lifetimeDays)),
  outboxId: newId('out'),
  sends: stateAt(before, now()) === 'expired' ? 1 : before.sends + 1,
})

/** Sends one that waits once more, as it is wished now. */
export const sendAgain = async (tx: Tx, by: Inviting, before: Invitation, wish: Wish): Promise<Invitation> => {
  await requireChangeable(tx, by.actor, before)
  if (now().getTime() - before.lastSentAt.getTime() < restMs) return fail('invitations.sent_just_now')
  const after = renewed(before, by.actor, wish)
  if (after.sends > mostSends) return fail('invitations.sent_too_often')
  if (!(await renewInvitation(tx, before, after))) return fail('invitations.sent_just_now')
  await send(tx, by, after, { isFirst: false })
  return after
}

const inviteNew = async (tx: Tx, by: Inviting, email: string, wish: Wish): Promise<Invitation> => {
  const at = now()
  const invitation: Invitation = {
    ...wish,
    id: newId('inv'),
    organizationId: tx.organizationId,
    email,
    inviter: inviterOf(by.actor),
    status: 'pending',
    createdAt: at,
    expiresAt: fromNow(days(wish.lifetimeDays)),
    lastSentAt: at,
    sends: 1,
    outboxId: newId('out'),
    requestedAt: null,
    acceptedAt: null,
    acceptedBy: null,
  }
  if (!(await insertInvitation(tx, invitation))) return fail('invitations.sent_just_now')
  await send(tx, by, invitation, { isFirst: true })
  return invitation
}

/** The domains whose addresses alone may be invited; null where any may. */
const domainsFor = async (organization: Organization): Promise<ReadonlySet<string> | null> =>
  isBoundToDomains(organization) ? new Set(await verifiedDomainsOf(organization.id)) : null

type Address = { typed: string; key: string | null }

/** Each address once, in the order in which it was first named. */
const distinct = (emails: readonly string[]): Address[] => {
  const seen = new Map<string, Address>()
  for (const email of emails) {
    const typed = email.trim()
    const key = canonicalEmail(typed)
    if (!seen.has(key ?? typed)) seen.set(key ?? typed, { typed, key })
  }
  return [...seen.values()]
}

type Asking = { by: Inviting; wish: Wish; domains: ReadonlySet<string> | null; addresses: Address[] }

const inviteAll = async (tx: Tx, { by, wish, domains, addresses }: Asking): Promise<InviteResult[]> => {
  const keys = addresses.flatMap(({ key }) => key ?? [])
  const members = new Set((await listedByEmails(tx, keys)).map(({ email }) => email))
  const pending = new Map((await readPending(tx, keys)).map((one) => [one.email, one]))
  const isOver = await overseer(tx, by.actor)
  let left = mostADay - (await countSentSince(tx, fromNow(-days(1))))
  const one = async (email: string): Promise<InviteResult> => {
    if (members.has(email)) return { email, result: 'already-member' }
    if (domains && !domains.has(email.slice(email.lastIndexOf('@') + 1))) return fail('invitations.domain_not_allowed')
    // A group with a rule may take them in by their address, or as what they come.
    if (!isOver(null, { email, locale: null, kind: wish.kind })) return fail('authority.exceeds_own')
    if (left <= 0) return fail('invitations.too_many')
    const before = pending.get(email)
    const { id } = before ? await sendAgain(tx, by, before, wish) : await inviteNew(tx, by, email, wish)
    left -= 1
    return { email, result: before ? 'resent' : 'invited', invitationId: id }
  }
  const results: InviteResult[] = []
  for (const { typed, key } of addresses) {
    try {
      results.push(key === null ? { email: typed, result: 'invalid', code: 'email.invalid' } : await one(key))
    } catch (error) {
      if (!isFailure(error)) throw error
      results.push({ email: typed, result: 'refused', code: error.code })
    }
  }
  return results
}

/**
 * Invites up to 500 addresses, and says of each what became of it. Who is asked already is asked again, and their earlier
 * links go on working. Opens units of work of its own.
 */
export const invite = async (organizationId: string, by: Actor, wanted: NewInvitations): Promise<InviteResult[]> => {
  const organization = directory().byId(organizationId) ?? fail('organizations.not_found')
  requirePermission(by, 'invitation.manage', organization.ancestors)
  const { emails, message, locale, groups, ...rest } = read(newInvitations, wanted)
  const wish: Wish = {
    ...rest,
    groups: [...new Set(groups)],
    message: checkedMessage(message),
    locale: chosenLocale(locale ?? '', organization.locales),
  }
  const domains = await domainsFor(organization)
  const inviting = { actor: by, name: await nameOf(by) }
  return withOrganization(organizationId, async (tx) => {
    await requireInvitable(tx, by, wish)
    return inviteAll(tx, { by: inviting, wish, domains, addresses: distinct(emails) })
  })
}
