// Setting a second step up, where one is required of somebody who has none.

import { z } from 'zod'
import { addTotp, newTotpSecret } from '#core/credentials'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { sendNotice } from '../mail.ts'
import { enrolmentFor } from '../proven.ts'
import type { Run, Step } from '../step.ts'
import { takeCode } from './code.ts'

export const enrol: Step = {
  id: 'enrol',
  label: 'step.enrol',
  purposes: ['sign-in', 'sign-up', 'invitation'],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({}),
  page: '/mfa',
  enter: async ({ inner }) => ({ inner: { totpSecret: inner.totpSecret ?? newTotpSecret() } }),
  show: async ({ ctx, inner }) => ({
    enrolment: enrolmentFor(ctx, inner.totpSecret ?? fail('login.expired'), inner.proven?.email ?? ''),
  }),
  take: (run: Run, answer) =>
    takeCode(run, answer, 'totp', ({ homeId, personId }, code) =>
      withOrganization(homeId, async (tx) => {
        const { ctx, inner } = run
        const by = { ...ctx.by, kind: 'person' as const, homeId, personId }
        await addTotp(tx, by, personId, inner.totpSecret ?? fail('login.expired'), code)
        await sendNotice(tx, ctx, 'second-step-added', { homeId, personId })
      }),
    ),
}
