import { makeRecoveryCodes, putRecoveryCodesAway } from '#core/account'
import { isId } from '#platform/ids'
import type { OwnForm } from '../form.ts'
import { byIntent } from './intents.ts'

export const recoveryCodesForm: OwnForm = {
  path: '/account/security/recovery-codes',
  page: '/account/security',
  rules: {},
  rowOf: () => 'new-codes',
  handle: byIntent({
    make: async ({ session }) => ({
      next: `/account/security/recovery-codes?made=${await makeRecoveryCodes(session.context)}`,
    }),
    done: async ({ answer: { made }, session }) => {
      if (isId('nte', made)) await putRecoveryCodesAway(session.context, made)
      return { notice: 'recovery_codes_kept' }
    },
  }),
}
