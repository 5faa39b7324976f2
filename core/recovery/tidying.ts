// What time alone brings about: links that are due, and requests that are over because nobody did anything.

import { record } from '#core/audit'
import { systemActor } from '#core/authority'
import { claim, finish, retry } from '#core/outbox'
import { find } from '#core/people'
import { days, fromNow, hours, minutes, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { log } from '#platform/log'
import { factorPurpose, issueLink, writeTo } from './links.ts'
import { expireOver, markSent, readRequest, removeClosed } from './store.ts'

/** How long the link is of use. */
const linkMs = hours(24)
const atOnce = 20

/** What the outbox keeps until a request is ready: it holds no mail, because the link is made when it is sent. */
export const dueEvent = 'recovery.due'

/**
 * Sends the link to whoever asked, once, where it was approved and the wait is over. Whoever is suspended by then, or has said
 * that it was not them, gets none. Opens units of work of its own.
 */
export const sendLink = async (homeId: string, id: string): Promise<void> => {
  const { request, person } = await withOrganization(homeId, async (tx) => {
    const found = await readRequest(tx, id)
    return { request: found, person: found && (await find(tx, found.personId)) }
  })
  if (request?.status !== 'approved' || request.linkSentAt !== null || person?.status !== 'active') return
  if (request.readyAt === null || request.readyAt > now() || request.expiresAt <= now()) return
  const link = await issueLink(request, factorPurpose, linkMs)
  await withOrganization(homeId, async (tx) => {
    // Of all who send it at the same moment one does; the links of the others are known to nobody.
    const sent = await markSent(tx, id, link.expiresAt)
    if (!sent) return
    const data = { expiresAt: link.expiresAt.toISOString() }
    await writeTo(tx, sent, 'recovery-ready', { data, link }, { expiresAt: link.expiresAt })
    await record(tx, systemActor, 'recovery.link_sent', { kind: 'person', id: sent.personId })
  })
}

/** Sends every link that is due by now, wherever it was asked for. Opens units of work of its own. */
export const sendDue = async (isStopped: () => boolean = () => false): Promise<void> => {
  for (;;) {
    const due = isStopped() ? [] : await claim({ limit: atOnce, events: dueEvent })
    for (const { id, organizationId, payload } of due) {
      try {
        await sendLink(organizationId, String(payload.request))
        await finish(id)
      } catch (error) {
        const reason = (error as Error).message
        log.warn({ organizationId, outbox: id, reason }, 'the link of a recovery was not sent')
        await retry(id, reason, minutes(5))
      }
    }
    if (due.length < atOnce) return
  }
}

/** Writes down which requests are over because their time is. */
export const closeOver = async (tx: Tx): Promise<void> => {
  for (const { personId } of await expireOver(tx)) {
    await record(tx, systemActor, 'recovery.expired', { kind: 'person', id: personId })
  }
}

/** Ends what is over, and forgets it three months later: what became of it is in the trail. */
export const tidy = async (tx: Tx): Promise<void> => {
  await closeOver(tx)
  await removeClosed(tx, fromNow(-days(90)))
}
