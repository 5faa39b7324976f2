/** Every code that a refusal of the interface may carry, with its status. */

import { failures as idempotency } from '#core/idempotency/contract'
import { Failure, registerStatuses } from '#platform/failure'
import { operations } from './operations.ts'
import { requestFailures } from './problem.ts'

// Its door is opened by the server alone; the documents know its codes all the same.
registerStatuses(idempotency)

/** Codes that any operation may refuse with; those of one alone stand with it. */
const general = [
  ...Object.keys(requestFailures),
  ...Object.keys(idempotency),
  'authority.denied',
  'organizations.not_found',
]

/** As the module says that the code belongs to: whatever the operations call has been loaded with them. */
export const statusOf = (code: string): number => new Failure(code).status

/** In the order of their status, then of their name. */
export const problemCodes = (): { code: string; status: number }[] =>
  [...new Set([...general, ...operations.flatMap(({ fails = [] }) => fails)])]
    .map((code) => ({ code, status: statusOf(code) }))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1))
