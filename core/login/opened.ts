// The link of a sign-in's mail, opened: in the browser that asked for it a press of the button is enough, in another one it says
// the code. Looking changes nothing: programs that read mail open links too.

import { codeOf, look } from '#core/tickets'
import { withOrganization } from '#platform/database'
import { read } from './attempts.ts'
import type { LoginContext } from './contract.ts'
import { signInPurpose } from './links.ts'

/** The attempt that the link in this browser is good for; null without a link, or once it is worth nothing. */
export const openedFor = ({ organizationId, browser }: LoginContext): Promise<string | null> => {
  const link = browser?.link
  if (!link) return Promise.resolve(null)
  return withOrganization(organizationId, async (tx) => {
    const ticket = await look(tx, signInPurpose, link)
    return ticket?.state === 'valid' ? ticket.attemptId : null
  })
}

/** Of a link that was opened in another browser than the one that asked for it: the code to be typed there. */
export const lookAtSignIn = async (ctx: LoginContext, secret: string | null): Promise<{ code: string } | null> => {
  const attemptId = await openedFor(ctx)
  if (attemptId === null) return null
  const own = await withOrganization(ctx.organizationId, (tx) => read(tx, secret))
  return own?.id === attemptId ? null : { code: codeOf(signInPurpose, ctx.browser?.link ?? '') }
}
