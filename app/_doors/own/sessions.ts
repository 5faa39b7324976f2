import { endOtherSessions, endOwnSession, forgetOwnDevice } from '#core/account'
import { fail } from '#platform/failure'
import type { OwnDoor, OwnForm } from '../form.ts'

const targetIn = ({ answer: { target } }: OwnDoor): string =>
  typeof target === 'string' ? target : fail('input.invalid', 'target')

const acts: Record<string, (door: OwnDoor) => Promise<{ notice: string }>> = {
  end: async (door) => {
    const { organizationId, by } = door.session.context
    await endOwnSession(organizationId, by, targetIn(door))
    return { notice: 'session_ended' }
  },
  'end-others': async ({ session: { id, context } }) => {
    await endOtherSessions(context.organizationId, context.by, id)
    return { notice: 'other_sessions_ended' }
  },
  forget: async (door) => {
    const { organizationId, by } = door.session.context
    await forgetOwnDevice(organizationId, by, targetIn(door))
    return { notice: 'device_forgotten' }
  },
}

export const sessionsForm: OwnForm = {
  path: '/account/sessions',
  page: '/account/sessions',
  rules: {},
  rowOf: () => null,
  handle: async (door) => {
    const { intent } = door.answer
    const act = typeof intent === 'string' && Object.hasOwn(acts, intent) ? acts[intent] : undefined
    return act ? act(door) : fail('input.invalid', 'intent')
  },
}
