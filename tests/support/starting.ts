// For tests of starts: businesses that nobody has heard of, and how they begin.

import { expect } from 'vitest'
import { systemActor } from '#core/authority'
import { start, view } from '#core/login'
import type { LoginContext, Outcome } from '#core/login/contract'
import { directory, loadDirectory, update } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { withPlatform } from '#platform/database'
import { at, enter, newestMail, password } from './engine.ts'

/** From now on businesses come in like this. */
export const letBusinessesIn = async (where: string, businessSignUp: Organization['businessSignUp']): Promise<void> => {
  await withPlatform((tx) => update(tx, systemActor, where, { businessSignUp }))
  await loadDirectory()
}

let count = 0
/** An answer to the form. */
export const newBusiness = (more: Record<string, string> = {}) => {
  count += 1
  const names = { name: `Harbour ${count}`, handle: `harbour-${count}`, given_name: 'Noa', family_name: 'Berg' }
  return { ...names, email: `noa${count}@harbour.example`, password, ...more }
}

export const startFailureOf = async (ctx: LoginContext, secret: string | null | undefined) =>
  (await view(ctx, secret ?? null, 'start'))?.failure ?? null

/** A start whose mail is on its way. */
export const beginStart = async (where: string, more: Record<string, string> = {}) => {
  const ctx = at(where)
  const answer = newBusiness(more)
  const outcome = await start(ctx, null, null, answer)
  expect(outcome).toMatchObject({ next: '/verify' })
  const mail = await newestMail('verify-email')
  expect(mail.to).toEqual({ email: answer.email })
  return { ctx, answer, secret: outcome.attempt ?? '', mail }
}

/** As the door does it, at the address of what was made. */
export const enterMade = (ctx: LoginContext, outcome: Outcome) =>
  enter({ ...ctx, organizationId: outcome.at ?? '' }, outcome)

export const countOrganizations = (): number => directory().all().length
