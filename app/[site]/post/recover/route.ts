import { recover, recoverByCode, remindName, resend } from '#core/login'
import { hasUsernames } from '#core/people'
import { answering } from '../../../_doors/form.ts'

/** Asking for a mail, asking for it again, typing its code, or asking for a username: four forms at one address. */
export const POST = answering(({ site, ctx, attempt, answer }) => {
  if (answer.intent === 'resend') return resend(ctx, attempt, 'recovery')
  if (answer.intent === 'name' && hasUsernames(site.organization)) return remindName(ctx, answer)
  if (answer.code !== undefined) return recoverByCode(ctx, attempt, answer)
  return recover(ctx, attempt, answer)
})
