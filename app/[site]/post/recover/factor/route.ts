import { confirm } from '#core/recovery'
import { answering } from '../../../../_doors/form.ts'
import { refusedAt } from '../../../../_doors/refused.ts'

/** The link and the password together: then the second step is gone, and signing in is next. */
export const POST = answering(async ({ ctx, answer, link }) => {
  try {
    await confirm(ctx, await link('factor'), answer)
    return { next: '/sign-in', attempt: null, link: null, notice: 'second_step_recovered' }
  } catch (error) {
    return refusedAt('/recover/factor', error)
  }
})
