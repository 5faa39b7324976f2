import { changeProfile, profileRules } from '#core/account'
import { speakTo } from '../../../../_doors/context.ts'
import { answeringSignedIn } from '../../../../_doors/form.ts'

export const POST = answeringSignedIn({
  page: '/account/profile',
  rules: profileRules,
  rowOf: (answer) => {
    if (answer.username !== undefined) return 'username'
    if (answer.phone !== undefined) return 'phone'
    return answer.locale !== undefined ? 'locale' : 'name'
  },
  handle: async ({ site, answer, session }) => {
    await changeProfile(session.context, answer)
    if (typeof answer.locale === 'string' && answer.locale !== '') await speakTo(site, answer.locale)
    return { notice: 'profile_saved' }
  },
})
