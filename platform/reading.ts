// Input that a schema describes, wherever it comes from.

import type { z } from 'zod'
import { fail } from './failure.ts'

/**
 * How a module reads what is wanted of it: fails with the module's own code, the first field that is not as it should be, and
 * what is wrong with it. `below` is where what is read stands in something larger.
 */
export const readingWith =
  (code: string) =>
  <S extends z.ZodType>(schema: S, wanted: z.input<S>, below?: string): z.output<S> => {
    const parsed = schema.safeParse(wanted)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    const at = [...(below === undefined ? [] : [below]), ...(issue?.path ?? [])].join('.')
    return fail(code, at || undefined, { message: issue?.message })
  }
