import { confirmTotp, removeTotp, startTotp } from '#core/account'
import { fail } from '#platform/failure'
import { writeCookie } from '../../../../../_doors/context.ts'
import { answeringSignedIn, type OwnDoor } from '../../../../../_doors/form.ts'

const row = 'second-step'

const steps: Record<string, (door: OwnDoor) => Promise<{ notice?: string; row?: string }>> = {
  start: async ({ site, answer, session }) => {
    const started = await startTotp(session.context, answer)
    if (started) await writeCookie(site, 'enrolment', started.sealed)
    return { row }
  },
  confirm: async ({ site, answer, session }) => {
    await confirmTotp(session.context, session.enrolment, answer)
    await writeCookie(site, 'enrolment', null)
    return { notice: 'second_step_added' }
  },
  remove: async ({ answer, session }) => {
    await removeTotp(session.context, answer)
    return { notice: 'second_step_removed' }
  },
}

export const POST = answeringSignedIn({
  page: '/account/security',
  rules: {},
  rowOf: () => row,
  handle: async (door) => {
    const { intent } = door.answer
    const step = typeof intent === 'string' && Object.hasOwn(steps, intent) ? steps[intent] : undefined
    return step ? step(door) : fail('input.invalid', 'intent')
  },
})
