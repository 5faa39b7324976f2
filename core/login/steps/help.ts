// Nothing of what somebody has set up is at hand: a person of the organization decides whether they may set it up anew. The
// first proof is given by then, and nobody is let in by this.

import { z } from 'zod'
import { failureOf, readAnswer, shownAgain } from '#core/people'
import { ask } from '#core/recovery'
import { withOrganization } from '#platform/database'
import { finish } from '../attempts.ts'
import type { Step } from '../step.ts'

const rules = { reason: { max: 500 } } as const

export const help: Step = {
  id: 'help',
  label: 'step.help',
  purposes: [],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({}),
  page: '/mfa',
  take: async ({ ctx, attempt, inner }, answer) => {
    const { proven } = inner
    if (!proven || !attempt) return { failure: { code: 'login.expired' }, isOver: true }
    try {
      const { reason } = readAnswer(answer, rules)
      await ask(ctx, proven, { reason })
    } catch (error) {
      return { failure: failureOf(error), values: shownAgain(answer, rules) }
    }
    await withOrganization(ctx.organizationId, (tx) => finish(tx, attempt))
    return { outcome: { next: '/sign-in', attempt: null, notice: 'recovery_asked' } }
  },
}
