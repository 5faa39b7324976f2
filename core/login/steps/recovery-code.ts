// A code on paper, in the place of a second step that is lost.

import { z } from 'zod'
import { useRecoveryCode } from '#core/credentials'
import { noticeWithWayOut } from '#core/outbox'
import { withOrganization } from '#platform/database'
import { actorOf } from '../proven.ts'
import type { Step } from '../step.ts'
import { takeCode } from './code.ts'

export const recoveryCode: Step = {
  id: 'recovery-code',
  label: 'step.recovery-code',
  purposes: [],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({}),
  page: '/mfa',
  show: async (run) => ({ codesLeft: (await run.standing())?.factors.recoveryCodesLeft ?? 0 }),
  // It trusts no browser: whoever has found the paper shall find nothing else.
  take: async (run, { trust: _, ...answer }) =>
    takeCode(run, answer, 'recovery-code', ({ homeId, personId }, code) =>
      withOrganization(homeId, async (tx) => {
        const left = await useRecoveryCode(tx, actorOf(run.ctx, { homeId, id: personId }), personId, code)
        await noticeWithWayOut(tx, run.ctx, 'recovery-code-used', personId, { left })
      }),
    ),
}
