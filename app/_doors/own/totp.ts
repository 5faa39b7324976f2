import { confirmTotp, removeTotp, startTotp } from '#core/account'
import { fail } from '#platform/failure'
import { writeCookie } from '../context.ts'
import type { OwnDoor, OwnForm } from '../form.ts'

const row = 'second-step'

const steps: Record<string, (door: OwnDoor) => Promise<{ notice?: string; row?: string }>> = {
  start: async ({ site, session }) => {
    await writeCookie(site, 'enrolment', (await startTotp(session.context)).sealed)
    return { row }
  },
  confirm: async ({ site, answer, session }) => {
    await confirmTotp(session.context, session.enrolment, answer)
    await writeCookie(site, 'enrolment', null)
    return { notice: 'second_step_added' }
  },
  remove: async ({ session }) => {
    await removeTotp(session.context)
    return { notice: 'second_step_removed' }
  },
}

export const totpForm: OwnForm = {
  path: '/account/security/totp',
  page: '/account/security',
  rules: {},
  rowOf: () => row,
  handle: async (door) => {
    const { intent } = door.answer
    const step = typeof intent === 'string' && Object.hasOwn(steps, intent) ? steps[intent] : undefined
    return step ? step(door) : fail('input.invalid', 'intent')
  },
}
