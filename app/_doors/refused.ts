// Why something was refused, as the next page says it.

import type { Outcome } from '#core/login/contract'
import { isFailure } from '#platform/failure'

/** Back to the page where it was tried. A link that is of no use any more is said by the page itself. */
export const refusedAt = (next: string, error: unknown): Outcome => {
  if (!isFailure(error)) throw error
  const { code, field, data } = error
  if (code === 'recovery.link_over') return { next }
  const failure = {
    code: code === 'busy' ? 'login.busy' : code,
    ...(field === undefined ? {} : { field }),
    ...(typeof data?.retryAt === 'string' ? { retryAt: data.retryAt } : {}),
  }
  return { next, failure }
}
