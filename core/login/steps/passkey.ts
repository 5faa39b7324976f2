// A passkey: as the first proof, which says by itself who somebody is, or as a second one. Whatever is wrong, everybody is
// answered the same; that a passkey is not known any more is no secret, and its browser should forget it.

import { z } from 'zod'
import {
  boundsAt,
  findPasskey,
  readAuthentication,
  takeChallenge,
  usePasskey,
  verifyAuthentication,
} from '#core/credentials'
import { canonicalEmail, failureOf } from '#core/people'
import type { Answer } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { forgive, forgiveCodes, tryCode, tryPasskey } from '../bounds.ts'
import type { AttemptFailure } from '../contract.ts'
import { holderOf } from '../holder.ts'
import { provenBy } from '../proven.ts'
import type { Run, Step, Taken } from '../step.ts'
import { traceOf } from '../trace.ts'
import { isTrusting, showTrust, whoseCode } from './code.ts'
import { type Brought, readBrought } from './passkey-fields.ts'

const unknown: AttemptFailure = { code: 'passkey.unknown' }
const refused: AttemptFailure = { code: 'passkey.refused' }

type Given = Brought & { response: ReturnType<typeof readAuthentication> }

const provenFirst = async ({ ctx }: Run, { response, challenge }: Given): Promise<Taken | AttemptFailure> => {
  const taken = await takeChallenge(challenge, boundsAt(ctx, 'sign-in', ctx.browser?.passkey ?? ''))
  const holder = await holderOf(ctx.organizationId, response)
  if (!holder) return unknown
  const { passkey, person, isMember, isWaiting } = holder
  const used = await verifyAuthentication(response, taken, passkey)
  if (!isMember && !isWaiting) return refused
  await withOrganization(person.homeId, (tx) => usePasskey(tx, passkey.id, used))
  await forgive(ctx, canonicalEmail(person.email) ?? person.email)
  // Told after a right answer alone.
  if (isWaiting) return { failure: { code: 'login.waiting_for_approval' } }
  return {
    answered: {
      values: { username: person.email },
      proofs: [{ kind: 'passkey', isVerifiedUser: used.isVerified }],
      proven: provenBy(person),
    },
  }
}

const takeFirst = async (run: Run, given: Given): Promise<Taken | AttemptFailure> =>
  (await tryPasskey(run.ctx)) ?? provenFirst(run, given)

const takeSecond = async (run: Run, answer: Answer, { response, challenge }: Given) => {
  const { ctx, attempt, inner } = run
  const { proven } = inner
  if (!proven || !attempt) return { failure: { code: 'login.expired' }, isOver: true }
  const bound = await tryCode(ctx, whoseCode(proven), attempt.id)
  if (bound) return { failure: bound, isOver: true }
  const { homeId, personId } = proven
  const taken = await takeChallenge(challenge, boundsAt(ctx, 'second-step', attempt.id))
  const passkey = await withOrganization(homeId, (tx) => findPasskey(tx, response.id, personId))
  if (!passkey) return unknown
  const used = await verifyAuthentication(response, taken, passkey)
  await withOrganization(homeId, (tx) => usePasskey(tx, passkey.id, used))
  await forgiveCodes(whoseCode(proven))
  return {
    answered: {
      proofs: [{ kind: 'passkey' as const, isVerifiedUser: used.isVerified }],
      inner: { isTrusting: isTrusting(run, answer) },
    },
  }
}

const isFailing = (taken: Taken | AttemptFailure): taken is AttemptFailure => 'code' in taken

const take = async (run: Run, answer: Answer): Promise<Taken> => {
  let given: Given
  try {
    const brought = readBrought(answer)
    given = { ...brought, response: readAuthentication(brought.credential) }
  } catch (error) {
    return { failure: failureOf(error) }
  }
  const traced = (failure: AttemptFailure): Taken => ({
    failure,
    also: traceOf(run.ctx, given.response.id, failure),
  })
  try {
    const taken = run.isSecond ? await takeSecond(run, answer, given) : await takeFirst(run, given)
    return isFailing(taken) ? traced(taken) : taken
  } catch (error) {
    return traced(failureOf(error))
  }
}

export const passkey: Step = {
  id: 'passkey',
  label: 'step.passkey',
  purposes: ['sign-in'],
  needs: 'nothing',
  proves: 'passkey',
  settings: z.strictObject({}),
  page: '/sign-in',
  show: showTrust,
  take,
}
