// An answer to a form that has to wait until its person has proven themselves again. Kept sealed, for a while, for the very
// session that it was sent in, and taken once.

import { keepNote, readNote, takeNote } from '#core/notes'
import { minutes } from '#platform/clock'
import { withOrganization } from '#platform/database'
import type { AccountContext, KeptAnswer } from './contract.ts'

const keptMs = minutes(10)

type Held = KeptAnswer & { of: 'kept answer'; session: string }

const opened = ({ session }: AccountContext, content: string | null): KeptAnswer | null => {
  if (content === null) return null
  const held = JSON.parse(content) as Partial<Held>
  // Whatever else a page leaves for its person lies in the same place.
  if (held.of !== 'kept answer' || held.session !== session.id || !held.form || !held.answer) return null
  return { form: held.form, answer: held.answer }
}

/** Keeps an answer, secrets in it included, and answers under which id. */
export const keepAnswer = (ctx: AccountContext, { form, answer }: KeptAnswer): Promise<string> => {
  const held: Held = { of: 'kept answer', session: ctx.session.id, form, answer }
  return withOrganization(ctx.organizationId, (tx) => keepNote(tx, ctx.session.personId, JSON.stringify(held), keptMs))
}

/** Which form an answer of this session waits for; null where there is none. */
export const formOfKept = async (ctx: AccountContext, id: string): Promise<string | null> => {
  const content = await withOrganization(ctx.organizationId, (tx) => readNote(tx, ctx.session.personId, id))
  return opened(ctx, content)?.form ?? null
}

/** Takes it, once: of several who ask one gets it. What is of another session stays where it is. */
export const takeKept = async (ctx: AccountContext, id: string): Promise<KeptAnswer | null> => {
  if ((await formOfKept(ctx, id)) === null) return null
  return opened(ctx, await withOrganization(ctx.organizationId, (tx) => takeNote(tx, ctx.session.personId, id)))
}
