// Steps that make an account, or find one again. Their doors are addresses of their own with rules of their own (a link of a mail
// may be opened in any browser); here they are places of a flow, which goes on from them.

import { z } from 'zod'
import type { FlowPurpose, ProofKind, StepId } from '#core/flows/contract'
import type { Step, StepPage } from '../step.ts'

type Door = { id: StepId; purpose: FlowPurpose; page: StepPage; proves: ProofKind | null; keptAs?: Step['keptAs'] }

const door = ({ id, purpose, page, proves, keptAs }: Door, settings: z.ZodType = z.strictObject({})): Step => ({
  id,
  label: `step.${id}`,
  purposes: [purpose],
  needs: 'nothing',
  proves,
  settings,
  page,
  ...(keptAs ? { keptAs } : {}),
  // Answered at its own door, never by way of the engine.
  take: async () => ({ outcome: { next: page } }),
})

export const details = door({ id: 'details', purpose: 'sign-up', page: '/sign-up', proves: null, keptAs: 'password' })
export const verifyEmail = door({
  id: 'verify-email',
  purpose: 'sign-up',
  page: '/verify',
  proves: 'mailbox',
  keptAs: 'check-mail',
})
export const invitation = door({ id: 'invitation', purpose: 'invitation', page: '/invitation', proves: 'mailbox' })
export const mailbox = door({
  id: 'mailbox',
  purpose: 'recovery',
  page: '/recover',
  proves: 'mailbox',
  keptAs: 'check-mail',
})
export const choosePassword = door({
  id: 'choose-password',
  purpose: 'recovery',
  page: '/reset',
  proves: null,
  keptAs: 'new-password',
})
