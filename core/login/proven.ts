// What follows from a proof: a second step where there is one or has to be one, and then a session.

import type { Actor } from '#core/authority/contract'
import { enrolmentOf } from '#core/credentials'
import type { Enrolment } from '#core/credentials/contract'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import type { Person } from '#core/people/contract'
import { begin } from '#core/sessions'
import { consume, issue } from '#core/tickets'
import { seconds } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { type Attempt, finish, type Proven } from './attempts.ts'
import type { LoginContext } from './contract.ts'

const sessionPurpose = 'session'
const exchangeMs = seconds(60)

export const organizationOf = (ctx: LoginContext): Organization =>
  directory().byId(ctx.organizationId) ?? fail('organizations.not_found')

/** Somebody who has just proven who they are, at the door where they did. */
export const actorOf = (ctx: LoginContext, { homeId, id }: Pick<Person, 'homeId' | 'id'>): Actor => ({
  ...ctx.by,
  kind: 'person',
  homeId,
  personId: id,
})

/** Whom a right answer has proven to be there. */
export const provenBy = ({ homeId, id, sessionGeneration, email, locale }: Person): Proven => ({
  homeId,
  personId: id,
  generation: sessionGeneration,
  email,
  locale,
})

/** What the page of an enrolment shows. */
export const enrolmentFor = (ctx: LoginContext, secret: string, email: string): Enrolment =>
  enrolmentOf(secret, organizationOf(ctx).name, email)

/** Ends the attempt and hands out what is exchanged for a session, within a minute and once. */
export const conclude = async (
  tx: Tx,
  attempt: Attempt | null,
  proven: Proven,
  methods: string[],
): Promise<string | null> => {
  if (attempt && !(await finish(tx, attempt))) return null
  const { homeId, personId, generation } = proven
  const { secret } = await issue(tx, {
    purpose: sessionPurpose,
    subject: `${homeId}/${personId}`,
    data: { homeId, personId, generation, methods },
    lifetimeMs: exchangeMs,
  })
  return secret
}

type SessionTicket = Pick<Proven, 'homeId' | 'personId' | 'generation'> & { methods: string[] }

/** Turns the ticket of an outcome into a session. Of all who bring it, one gets it; the others get null. */
export const exchange = async (
  ctx: Pick<LoginContext, 'organizationId' | 'by'>,
  ticket: string,
): Promise<{ id: string; secret: string } | null> => {
  try {
    return await withOrganization(ctx.organizationId, async (tx) => {
      const { data } = await consume(tx, sessionPurpose, ticket)
      return begin(tx, { ...(data as SessionTicket), by: ctx.by })
    })
  } catch (error) {
    if (isFailure(error) && error.code.startsWith('ticket.')) return null
    throw error
  }
}
