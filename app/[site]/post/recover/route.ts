import { recover, recoverByCode, resend } from '#core/login'
import { answering } from '../../../_doors/form.ts'

/** Asking for a mail, asking for it again, or typing its code: three forms at one address. */
export const POST = answering(({ ctx, attempt, answer }) => {
  if (answer.intent === 'resend') return resend(ctx, attempt, 'recovery')
  if (answer.code !== undefined) return recoverByCode(ctx, attempt, answer)
  return recover(ctx, attempt, answer)
})
