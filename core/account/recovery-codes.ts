// Recovery codes of whoever is signed in: made, and shown on one page of one session for a while, since nobody can be told them
// again.

import { makeRecoveryCodes as make } from '#core/credentials'
import { dropNote, keepNote, readNote } from '#core/notes'
import { noticeWithWayOut } from '#core/outbox'
import { minutes, now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { changing } from './changing.ts'
import type { AccountContext } from './contract.ts'
import { requireFresh } from './fresh.ts'

const shownMs = minutes(10)

type Held = { of: 'recovery codes'; session: string; codes: string[]; madeAt: string }

export type ShownCodes = { codes: string[]; madeAt: Date }

/** New codes instead of all that there were. Answers under which id they are kept for their page. */
export const makeRecoveryCodes = async (ctx: AccountContext): Promise<string> => {
  requireFresh(ctx.session)
  const { id: session, personId } = ctx.session
  const codes = await changing(ctx, 'recovery codes made', async (tx) => {
    const made = await make(tx, ctx.by, personId)
    await noticeWithWayOut(tx, ctx, 'recovery-codes-made', ctx.session.personId, { added: { kind: 'recovery' } })
    return made
  })
  const held: Held = { of: 'recovery codes', session, codes, madeAt: now().toISOString() }
  return withOrganization(ctx.organizationId, (tx) => keepNote(tx, personId, JSON.stringify(held), shownMs))
}

const opened = (content: string): Held | null => {
  // Whatever else a page leaves for its person lies in the same place.
  const held = JSON.parse(content) as Partial<Held>
  return held.of === 'recovery codes' ? (held as Held) : null
}

/** The codes that were just made in this session; null once they have been put away, or a while later. */
export const shownRecoveryCodes = async (
  { organizationId, session }: AccountContext,
  id: string,
): Promise<ShownCodes | null> => {
  const content = await withOrganization(organizationId, (tx) => readNote(tx, session.personId, id))
  const held = content === null ? null : opened(content)
  return held?.session === session.id ? { codes: held.codes, madeAt: new Date(held.madeAt) } : null
}

/** Whoever has written them down has no use for a page that shows them. */
export const putRecoveryCodesAway = async (ctx: AccountContext, id: string): Promise<void> => {
  if ((await shownRecoveryCodes(ctx, id)) === null) return
  await withOrganization(ctx.organizationId, (tx) => dropNote(tx, id))
}
