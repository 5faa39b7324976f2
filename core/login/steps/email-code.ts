// A code, and a link, in a mail: proves that somebody reads the mailbox. As a second step it is better than nothing, and no second
// factor (NIST SP 800-63B-4 §3.1.3.1), so that it never stands for one that an organization requires.

import { z } from 'zod'
import { maskedEmail } from '#core/people'
import { tryMail } from '../bounds.ts'
import { sendSignInCode, signInPurpose } from '../links.ts'
import { openedFor } from '../opened.ts'
import type { Run, Step } from '../step.ts'
import { whom } from '../whom.ts'
import { sentCode, type Target } from './sent-code.ts'

const target = async ({ ctx, inner, standing }: Run): Promise<Target> => {
  const proven = (await standing())?.person
  if (proven) {
    const { homeId, id: personId, email } = proven
    return { who: { homeId, personId }, key: email, shown: maskedEmail(email) }
  }
  const { named = { kind: 'email', key: '' } } = inner
  const known = await whom(ctx.organizationId, named)
  const who = known && { homeId: known.person.homeId, personId: known.person.id }
  // What was typed, and nothing that only somebody known could have.
  return { who, key: named.key, shown: named.kind === 'email' ? maskedEmail(named.key) : '' }
}

const byMail = sentCode({
  kind: 'email-code',
  purpose: signInPurpose,
  provesEmail: true,
  target,
  bound: ({ ctx }, { key }) => tryMail(ctx, key),
  send: (tx, { ctx }, attemptId, { key, who }) => sendSignInCode(tx, ctx, attemptId, key, who),
})

export const emailCode: Step = {
  id: 'email-code',
  label: 'step.email-code',
  purposes: ['sign-in'],
  needs: 'name',
  proves: 'email-code',
  settings: z.strictObject({
    /** The page asks who somebody is as well. */
    withIdentifier: z.boolean().optional(),
  }),
  page: '/sign-in',
  ...byMail,
  show: async (run) => ({
    ...(await byMail.show?.(run)),
    ...(run.attempt && (await openedFor(run.ctx)) === run.attempt.id ? { isLinkOpen: true } : {}),
  }),
}
