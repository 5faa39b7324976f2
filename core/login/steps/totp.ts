// A code of the authenticator app.

import { z } from 'zod'
import { acceptTotp } from '#core/credentials'
import { withOrganization } from '#platform/database'
import type { Run, Step } from '../step.ts'
import { showTrust, takeCode } from './code.ts'

export const totp: Step = {
  id: 'totp',
  label: 'step.totp',
  purposes: [],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({}),
  page: '/mfa',
  show: showTrust,
  take: (run: Run, answer) =>
    takeCode(run, answer, 'totp', ({ homeId, personId }, code) =>
      withOrganization(homeId, (tx) => acceptTotp(tx, personId, code)),
    ),
}
