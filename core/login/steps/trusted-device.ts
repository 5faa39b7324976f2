// A browser that its person has said to trust spares them the second step, for as long as the organization allows. It answers by
// itself, and has no page.

import { z } from 'zod'
import { fail } from '#platform/failure'
import type { Step } from '../step.ts'

export const trustedDevice: Step = {
  id: 'trusted-device',
  label: 'step.trusted-device',
  purposes: ['sign-in', 'invitation'],
  needs: 'proof',
  proves: null,
  isSilent: true,
  settings: z.strictObject({}),
  page: '/mfa',
  enter: async (run) =>
    (await run.standing())?.device?.isTrusted ? { answered: { proofs: [{ kind: 'trusted-device' }] } } : null,
  take: async () => fail('login.flow_broken'),
}
