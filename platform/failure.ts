// Failures are stable codes. They are recognised by shape, not by class: the code is loaded twice (see process.ts).

import { processState } from './process.ts'

const statuses = () => processState('failure.statuses', () => new Map<string, number>())

/**
 * Says which HTTP status a failure code answers with (400 when nobody says). Each module registers its own:
 * `registerStatuses({ 'organizations.not_found': 404 })`.
 */
export const registerStatuses = (failures: Record<string, number>): void => {
  for (const [code, status] of Object.entries(failures)) statuses().set(code, status)
}

/** A refusal with a stable code; `field` names the input it is about, `data` what a message needs to be precise. */
export class Failure extends Error {
  readonly code: string
  readonly field: string | undefined
  readonly data: Record<string, unknown> | undefined

  constructor(code: string, field?: string, data?: Record<string, unknown>) {
    super(field ? `${code} (${field})` : code)
    this.name = 'Failure'
    this.code = code
    this.field = field
    this.data = data
  }

  get status(): number {
    return statuses().get(this.code) ?? 400
  }
}

/** Throws a {@link Failure}. */
export const fail = (code: string, field?: string, data?: Record<string, unknown>): never => {
  throw new Failure(code, field, data)
}

/** Whether something thrown is a failure of ours, with this code when one is given. */
export const isFailure = (thrown: unknown, code?: string): thrown is Failure =>
  thrown instanceof Error &&
  thrown.name === 'Failure' &&
  typeof (thrown as Failure).code === 'string' &&
  (code === undefined || (thrown as Failure).code === code)

registerStatuses({ 'database.nested': 500, 'database.unavailable': 503 })
