// Somebody who does not know what they are called here: a mail to their address says it. For an address that nobody has, the
// same answer and the same work.

import { orderMail } from '#core/outbox'
import { emailKey, failureOf, fields, readAnswer, shownAgain } from '#core/people'
import type { Answer } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { refuse } from './attempts.ts'
import { tryMail } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome } from './contract.ts'
import { toPerson } from './mail.ts'
import { accountsOf } from './whom.ts'

const rules = { email: fields.email } as const

/** One mail at most, to the first account that may be signed in here, with the usernames of all that have this address. */
const remind = async (ctx: LoginContext, email: string): Promise<void> => {
  const known = (await accountsOf(ctx.organizationId, email)).filter(
    ({ person, isMember }) => isMember && person.status === 'active',
  )
  const [first] = known
  const usernames = known.flatMap(({ person }) => person.username ?? [])
  const to = first ? toPerson({ homeId: first.person.homeId, personId: first.person.id }) : { email }
  const order = { to, organizationId: ctx.organizationId, address: ctx.address, locale: ctx.locale }
  await withOrganization(ctx.organizationId, (tx) =>
    orderMail(tx, 'username-reminder', { ...order, data: { usernames }, ...(first ? {} : { decoy: true }) }),
  )
}

export const remindName = async (ctx: LoginContext, answer: Answer): Promise<Outcome> => {
  const refused = (failure: AttemptFailure) =>
    refuse(ctx, null, { kind: 'recovery', next: '/recover?of=name', values: shownAgain(answer, rules), failure })
  try {
    const email = emailKey(readAnswer(answer, rules).email)
    const bound = await tryMail(ctx, email)
    if (bound) return await refused(bound)
    await remind(ctx, email)
    return { next: '/sign-in', notice: 'username_sent' }
  } catch (error) {
    return refused(failureOf(error))
  }
}
