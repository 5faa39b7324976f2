// Setting a second step up, where one is required of somebody who has none: an authenticator app, or a passkey where browsers have
// them.

import { z } from 'zod'
import { addTotp, newTotpSecret } from '#core/credentials'
import { noticeWithWayOut } from '#core/outbox'
import { failureOf } from '#core/people'
import type { Answer } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import type { StepDetails } from '../contract.ts'
import { passkeyHost } from '../facts.ts'
import { enrolmentFor } from '../proven.ts'
import type { Run, Step, Taken } from '../step.ts'
import { takeCode } from './code.ts'
import { makePasskey } from './new-passkey.ts'

type Method = StepDetails['methods'][number]

/** What may be set up here, what was chosen first. */
const methodsOf = ({ ctx, inner }: Run): Method[] => {
  const all: Method[] = ['totp', ...(passkeyHost(ctx) === null ? [] : (['passkey'] as const))]
  const chosen = all.filter((method) => method === inner.enrolling)
  return [...chosen, ...all.filter((method) => !chosen.includes(method))]
}

/** What an answer is for: what it says, or else what its page has shown. */
const methodOf = (run: Run, { method }: Answer): Method => {
  const methods = methodsOf(run)
  return methods.find((one) => one === method) ?? methods[0] ?? 'totp'
}

const takeApp = (run: Run, answer: Answer): Promise<Taken> =>
  takeCode(run, answer, 'totp', ({ homeId, personId }, code) =>
    withOrganization(homeId, async (tx) => {
      const { ctx, inner } = run
      const by = { ...ctx.by, kind: 'person' as const, homeId, personId }
      await addTotp(tx, by, personId, inner.totpSecret ?? fail('login.expired'), code)
      await noticeWithWayOut(tx, ctx, 'second-step-added', personId, { added: { kind: 'totp' } })
    }),
  )

const takePasskey = async (run: Run, answer: Answer): Promise<Taken> => {
  try {
    const made = await makePasskey(run, answer)
    if ('code' in made) return { failure: made, isOver: true }
    return { answered: { proofs: [{ kind: 'passkey', isVerifiedUser: made.isVerified }] } }
  } catch (error) {
    return { failure: failureOf(error) }
  }
}

const taking: Partial<Record<Method, (run: Run, answer: Answer) => Promise<Taken>>> = {
  totp: takeApp,
  passkey: takePasskey,
}

export const enrol: Step = {
  id: 'enrol',
  label: 'step.enrol',
  purposes: ['sign-in', 'sign-up', 'invitation'],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({}),
  page: '/mfa',
  enter: async ({ inner }) => ({ inner: { totpSecret: inner.totpSecret ?? newTotpSecret() } }),
  show: async (run) => {
    const { ctx, inner } = run
    return {
      methods: methodsOf(run),
      enrolment: enrolmentFor(ctx, inner.totpSecret ?? fail('login.expired'), inner.proven?.email ?? ''),
    }
  },
  take: async (run, answer) => {
    const method = methodOf(run, answer)
    if (answer.intent === 'choose') return { stays: { inner: { enrolling: method } } }
    return (await taking[method]?.(run, answer)) ?? fail('login.flow_broken')
  },
}
