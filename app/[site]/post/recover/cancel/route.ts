import { cancel } from '#core/recovery'
import { answering } from '../../../../_doors/form.ts'
import { refusedAt } from '../../../../_doors/refused.ts'

/** The page says from then on that it was ended, and where to choose another password. */
export const POST = answering(async ({ ctx, link }) => {
  const here = '/recover/cancel'
  try {
    await cancel(ctx, await link('cancel'))
    return { next: here }
  } catch (error) {
    return refusedAt(here, error)
  }
})
