// An operation in its unit of work: for the REST interface and for the forms of the console alike.

import { readAgain } from '#core/organizations'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { log } from '#platform/log'
import type { Answered } from './operations/operation.ts'
import type { Asked, Operation } from './operations.ts'

type Finish<Done> = (tx: Tx | null, answered: Answered<unknown>) => Promise<Done>

/** Runs it. `finish` belongs to the same unit of work; it is handed none where the operation opens units of its own. */
export const runOperation = async <Done>({ runs }: Operation, asked: Asked, finish: Finish<Done>): Promise<Done> => {
  if ('inOrganization' in runs) {
    return withOrganization(asked.organization.id, async (tx) => finish(tx, await runs.inOrganization(tx, asked)))
  }
  if ('onPlatform' in runs) return withPlatform(async (tx) => finish(tx, await runs.onPlatform(tx, asked)))
  return finish(null, await runs.byItself(asked))
}

/** What it changed in the tree is known to this process before anybody is answered, and what follows from it is done. */
export const hearOfChanges = async ({ changed, afterwards }: Answered<unknown>): Promise<void> => {
  for (const id of [changed ?? []].flat()) {
    // It is done all the same, and will be heard of in a moment.
    await readAgain(id).catch((error: Error) => log.warn({ id, reason: error.message }, 'not read again'))
  }
  await afterwards?.().catch((error: Error) => log.warn({ reason: error.message }, 'to be taken up again'))
}

/** Performs an operation once. */
export const performOperation = async (operation: Operation, asked: Asked): Promise<Answered<unknown>> => {
  const answered = await runOperation(operation, asked, async (_, done) => done)
  await hearOfChanges(answered)
  return answered
}
