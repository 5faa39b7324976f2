import type { z } from 'zod'
import { fail } from '#platform/failure'

/** What was wanted, checked; fails with `roster.invalid` and the first field that is not as it should be. */
export const read = <S extends z.ZodType>(schema: S, wanted: z.input<S>): z.output<S> => {
  const parsed = schema.safeParse(wanted)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return fail('roster.invalid', issue?.path.join('.') || undefined, { message: issue?.message })
}
