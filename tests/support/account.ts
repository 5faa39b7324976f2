// For tests: somebody signed in, as My Account knows them, with the session that they have just begun.

import type { AccountContext } from '#core/account/contract'
import { hashPassword, setPassword } from '#core/credentials'
import { find } from '#core/people'
import { begin, look } from '#core/sessions'
import { minutes, now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { at, mails, password } from '#support/engine'
import { member } from '#support/staff'

type Ref = { homeId: string; personId: string }

/** A session of somebody, begun now. */
export const accountOf = async (
  organizationId: string,
  ref: Ref,
): Promise<{ account: AccountContext; isOpen: () => Promise<boolean> }> => {
  const ctx = at(organizationId)
  const generation = (await withOrganization(ref.homeId, (tx) => find(tx, ref.personId)))?.sessionGeneration ?? 0
  const beginning = { ...ref, methods: ['pwd'], generation, by: ctx.by }
  const { secret } = await withOrganization(organizationId, (tx) => begin(tx, beginning))
  const session = (await look(organizationId, secret)) ?? fail('session.unknown')
  const by = { ...ctx.by, kind: 'person' as const, ...ref }
  return {
    account: { ...ctx, by, session },
    isOpen: async () => (await look(organizationId, secret)) !== null,
  }
}

let hash: Promise<string> | undefined

/** Somebody new at home there and signed in; with the password of everybody unless they have none. */
export const newcomer = async (home: string, { hasPassword = true } = {}) => {
  const { ref, email } = await member({ home })
  if (hasPassword) {
    hash ??= hashPassword(password)
    const hashed = await hash
    await withOrganization(home, (tx) => setPassword(tx, at(home).by, ref.personId, hashed, 'test'))
  }
  return { ref, email, ...(await accountOf(home, ref)) }
}

/** The same session, whose last proof is so long ago that it serves for nothing sensitive. */
export const stale = (account: AccountContext): AccountContext => ({
  ...account,
  session: { ...account.session, provenAt: new Date(now().getTime() - minutes(10)) },
})

/** What something was refused with, and at which field; null when it was done. */
export const refusal = async (act: () => Promise<unknown>): Promise<string | null> => {
  try {
    await act()
    return null
  } catch (error) {
    if (!isFailure(error)) throw error
    return error.field ? `${error.code} ${error.field}` : error.code
  }
}

/** What somebody has been told by mail, the oldest first. */
export const toldTo = async ({ personId }: Ref): Promise<string[]> =>
  (await mails())
    .filter(({ to }) => to.person === personId)
    .map(({ template }) => template)
    .reverse()
