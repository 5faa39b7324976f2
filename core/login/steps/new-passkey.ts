// A passkey that somebody makes on their way, once they have proven who they are.

import { addPasskey, boundsAt, readRegistration, takeChallenge, verifyRegistration } from '#core/credentials'
import type { Passkey } from '#core/credentials/contract'
import { noticeWithWayOut } from '#core/outbox'
import type { Answer } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { tryProof } from '../bounds.ts'
import type { AttemptFailure } from '../contract.ts'
import type { Run } from '../step.ts'
import { readBrought } from './passkey-fields.ts'

/** Keeps the passkey that an answer brings; told by mail, as every change of what somebody proves themselves with. */
export const makePasskey = async (run: Run, answer: Answer): Promise<Passkey | AttemptFailure> => {
  const { ctx, attempt, inner } = run
  const { homeId, personId } = inner.proven ?? fail('login.expired')
  const { credential, challenge } = readBrought(answer)
  const response = readRegistration(credential)
  const bound = await tryProof(ctx)
  if (bound) return bound
  const taken = await takeChallenge(challenge, boundsAt(ctx, 'register', attempt?.id ?? fail('login.expired')))
  const verified = await verifyRegistration(response, taken)
  return withOrganization(homeId, async (tx) => {
    const by = { ...ctx.by, kind: 'person' as const, homeId, personId }
    const passkey = await addPasskey(tx, by, personId, verified)
    const added = { kind: 'passkey', id: passkey.id } as const
    await noticeWithWayOut(tx, ctx, 'passkey-added', personId, { named: passkey.name, added })
    return passkey
  })
}
