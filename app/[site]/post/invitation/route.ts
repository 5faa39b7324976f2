import { acceptInvitation, requestInvitation } from '#core/login'
import { answering } from '../../../_doors/form.ts'
import { signOut } from '../../../_doors/session.ts'

/** Accepting, asking for a new one where it is over, or signing out first to come back as the one who was invited. */
export const POST = answering(async ({ site, ctx, attempt, answer, link, session }) => {
  const opened = await link('invitation')
  if (answer.intent === 'request') return requestInvitation(ctx, opened)
  if (answer.intent === 'sign-out') {
    await signOut(site)
    return { next: '/invitation', attempt: null }
  }
  return acceptInvitation(ctx, attempt, opened, await session(), answer)
})
