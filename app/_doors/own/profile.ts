import { changeProfile, profileRules } from '#core/account'
import { speakTo } from '../context.ts'
import type { OwnForm } from '../form.ts'

export const profileForm: OwnForm = {
  path: '/account/profile',
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
}
