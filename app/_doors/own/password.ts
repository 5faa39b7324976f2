import { changePassword } from '#core/account'
import type { OwnForm } from '../form.ts'

export const passwordForm: OwnForm = {
  path: '/account/security/password',
  page: '/account/security',
  rules: {},
  rowOf: () => 'password',
  handle: async ({ answer, session }) => {
    await changePassword(session.context, answer)
    return { notice: 'password_changed' }
  },
}
