/** Every code that a refusal of the interface may carry, with its status. */

import { failures as access } from '#core/access/contract'
import { failures as authority } from '#core/authority/contract'
import { failures as idempotency } from '#core/idempotency/contract'
import { failures as organizations } from '#core/organizations/contract'
import { failures as people } from '#core/people/contract'
import { failures as tokens } from '#core/tokens/contract'
import { operations } from './operations.ts'
import { requestFailures } from './problem.ts'

const statuses: Record<string, number> = {
  ...requestFailures,
  ...authority,
  ...organizations,
  ...access,
  ...people,
  ...tokens,
  ...idempotency,
}

/** Codes that any operation may refuse with; those of one alone stand with it. */
const general = [
  ...Object.keys(requestFailures),
  ...Object.keys(idempotency),
  'authority.denied',
  'organizations.not_found',
]

export const statusOf = (code: string): number => statuses[code] ?? 400

/** In the order of their status, then of their name. */
export const problemCodes = (): { code: string; status: number }[] =>
  [...new Set([...general, ...operations.flatMap(({ fails = [] }) => fails)])]
    .map((code) => ({ code, status: statusOf(code) }))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1))
