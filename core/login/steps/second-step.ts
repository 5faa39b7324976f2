// Whichever second proof somebody has: a step that is shown as one of its methods, and has no page of its own.

import { z } from 'zod'
import { secondMethods } from '#core/flows/contract'
import { fail } from '#platform/failure'
import type { Step } from '../step.ts'

export const secondStep: Step = {
  id: 'second-step',
  label: 'step.second-step',
  purposes: ['sign-in', 'sign-up', 'invitation'],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({
    /** What is asked for, in this order; whatever somebody has used last comes first. */
    methods: z.array(z.enum(secondMethods)).min(1).optional(),
    /** Whoever has none sets one up. */
    required: z.boolean().optional(),
    /** Asked for in a trusted browser as well. */
    always: z.boolean().optional(),
  }),
  page: '/mfa',
  take: async () => fail('login.flow_broken'),
}
