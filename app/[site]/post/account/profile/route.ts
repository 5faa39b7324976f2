import { changeProfile, profileRules } from '#core/account'
import { answeringSignedIn } from '../../../../_doors/form.ts'

export const POST = answeringSignedIn({
  page: '/account/profile',
  rules: profileRules,
  rowOf: (answer) => {
    if (answer.phone !== undefined) return 'phone'
    return answer.locale !== undefined ? 'locale' : 'name'
  },
  handle: async ({ answer, session }) => {
    await changeProfile(session.context, answer)
    return { notice: 'profile_saved' }
  },
})
