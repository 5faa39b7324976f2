import { resend, verify } from '#core/login'
import { answering } from '../../../_doors/form.ts'

/** A link that was opened here is confirmed by a button, a code is typed, and a new mail may be asked for. */
export const POST = answering(async ({ ctx, attempt, answer, link }) => {
  if (answer.intent === 'resend') return { ...(await resend(ctx, attempt, 'sign-up')), link: null }
  const opened = answer.intent === 'confirm' ? await link('verify') : null
  return verify(ctx, attempt, opened === null ? { answer } : { link: opened })
})
