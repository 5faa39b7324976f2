import { confirmPhone, factorRules, removePhone, resendPhoneCode, startPhone } from '#core/account'
import type { Answer } from '#core/people/contract'
import { isId } from '#platform/ids'
import { writeCookie } from '../context.ts'
import type { OwnForm } from '../form.ts'
import { byIntent } from './intents.ts'

const rowOf = ({ intent, phone }: Answer): string => {
  if (intent === 'remove' && isId('pho', phone)) return `remove-${phone}`
  return intent === 'start' ? 'new-phone' : 'phone'
}

export const phonesForm: OwnForm = {
  path: '/account/security/phones',
  page: '/account/security',
  rules: { phone: factorRules.phone },
  rowOf,
  handle: byIntent({
    start: async ({ site, answer, session }) => {
      await writeCookie(site, 'enrolment', await startPhone(session.context, answer))
      return { row: 'phone' }
    },
    resend: async ({ site, session }) => {
      await writeCookie(site, 'enrolment', await resendPhoneCode(session.context, session.enrolment))
      return { row: 'phone', notice: 'phone_code_sent' }
    },
    confirm: async ({ site, answer, session }) => {
      await confirmPhone(session.context, session.enrolment, answer)
      await writeCookie(site, 'enrolment', null)
      return { notice: 'phone_added' }
    },
    remove: async ({ answer, session }) => {
      await removePhone(session.context, answer)
      return { notice: 'phone_removed' }
    },
  }),
}
