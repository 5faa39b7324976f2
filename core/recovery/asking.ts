// Asking for help: written down once, told to whoever asked on every channel that they have, and to those who may decide.

import { permittedHere } from '#core/access'
import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { takeAll } from '#core/limits'
import { canonicalAddressOf, directory } from '#core/organizations'
import { orderMail } from '#core/outbox'
import { find } from '#core/people'
import type { Person, PersonRef } from '#core/people/contract'
import { days, fromNow, hours } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import { type RecoveryContext, type RecoveryRequest, reasonText } from './contract.ts'
import { cancelPurpose, issueLink, textTo, writeTo } from './links.ts'
import { read } from './reading.ts'
import { insertRequest, readOpen } from './store.ts'
import { closeOver } from './tidying.ts'

/** How long a request waits for somebody to decide. */
export const waitingMs = days(7)
/** Longer than a request can be open: whoever finds the mail late can still say that it was not them. */
export const cancelMs = days(45)
/** So many are told that there is something to decide. */
const mostTold = 20
const longestUserAgent = 300

const boundAsking = async ({ homeId, personId }: PersonRef): Promise<void> => {
  const subject = `${homeId}/${personId}`
  const exceeded = await takeAll([{ name: 'recovery ask', subject, max: 3, windowMs: hours(24) }])
  if (exceeded) fail('recovery.too_many_tries', undefined, { retryAt: exceeded.resetsAt.toISOString() })
}

/** Where nobody at home may decide, those above may who reach down to it. */
const tellDeciders = async (person: Person): Promise<PersonRef[]> => {
  for (const { id } of directory().chain(person.homeId).toReversed()) {
    const found = await withOrganization(id, (tx) =>
      permittedHere(tx, 'people.reset', { most: mostTold + 1, isBelow: id !== person.homeId }),
    )
    const others = found.filter(({ personId }) => personId !== person.id).slice(0, mostTold)
    if (others.length > 0) return others
  }
  return []
}

const writeToDeciders = async (tx: Tx, person: Person, deciders: readonly PersonRef[]): Promise<void> => {
  const home = directory().byId(person.homeId)
  if (!home) return
  for (const { homeId, personId } of deciders) {
    await orderMail(tx, 'recovery-request-for-administrators', {
      to: { home: homeId, person: personId },
      organizationId: home.id,
      address: canonicalAddressOf(home),
      locale: home.locales[0] ?? 'en',
      data: { email: person.email },
    })
  }
}

const actorOf = (by: Actor, { homeId, id }: Person): Actor => ({ ...by, kind: 'person', homeId, personId: id })

/**
 * Asks in the name of somebody whose first factor is proven, and who has no second one left. Who has asked already is given
 * what they asked for then, and nobody is written to again. Opens units of work of its own.
 */
export const ask = async (
  ctx: RecoveryContext,
  { homeId, personId }: PersonRef,
  wanted: { reason: string },
): Promise<{ request: RecoveryRequest; isNew: boolean }> => {
  const reason = read(reasonText, wanted.reason.replace(/\s+/g, ' '), 'reason')
  const found = await withOrganization(homeId, async (tx) => ({
    person: await find(tx, personId),
    open: await readOpen(tx, personId),
  }))
  const person = found.person?.status === 'active' ? found.person : fail('recovery.not_active')
  if (found.open) return { request: found.open, isNew: false }
  await boundAsking({ homeId, personId })
  const wish = {
    id: newId('rcv'),
    homeId,
    personId,
    metId: ctx.organizationId,
    address: ctx.address,
    locale: ctx.locale,
    reason,
    askedFrom: ctx.by.address ?? null,
    userAgent: ctx.by.userAgent?.slice(0, longestUserAgent) ?? null,
    expiresAt: fromNow(waitingMs),
  }
  const link = await issueLink(wish, cancelPurpose, cancelMs)
  const deciders = await tellDeciders(person)
  return withOrganization(homeId, async (tx) => {
    await closeOver(tx)
    const made = await insertRequest(tx, wish)
    if (!made) return { request: (await readOpen(tx, personId)) ?? fail('recovery.unknown'), isNew: false }
    await record(tx, actorOf(ctx.by, person), 'recovery.asked', { kind: 'person', id: personId }, { reason })
    await writeTo(tx, made, 'recovery-requested', { data: { device: ctx.by.userAgent ?? null }, link })
    await textTo(tx, made, person, 'recovery-requested')
    await writeToDeciders(tx, person, deciders)
    return { request: made, isNew: true }
  })
}
