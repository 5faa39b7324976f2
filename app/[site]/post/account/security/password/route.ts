import { changePassword } from '#core/account'
import { answeringSignedIn } from '../../../../../_doors/form.ts'

export const POST = answeringSignedIn({
  page: '/account/security',
  rules: {},
  rowOf: () => 'password',
  handle: async ({ answer, session }) => {
    await changePassword(session.context, answer)
    return { notice: 'password_changed' }
  },
})
