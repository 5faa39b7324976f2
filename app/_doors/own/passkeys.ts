import { addPasskey, factorRules, provePasskey, removePasskey, renamePasskey, requireFresh } from '#core/account'
import type { Answer } from '#core/people/contract'
import { isId } from '#platform/ids'
import type { OwnForm } from '../form.ts'
import { byIntent } from './intents.ts'

const rowOf = ({ intent, passkey }: Answer): string => {
  if (!isId('pky', passkey)) return 'passkey'
  return `${intent === 'remove' ? 'remove' : 'manage'}-${passkey}`
}

export const passkeysForm: OwnForm = {
  path: '/account/security/passkeys',
  page: '/account/security',
  rules: { name: factorRules.name },
  rowOf,
  handle: byIntent({
    // For whoever proved themselves a while ago: the browser makes nothing that would be refused afterwards.
    start: async ({ session }) => {
      requireFresh(session)
      return { row: 'passkey' }
    },
    add: async ({ answer, session }) => {
      await addPasskey(session.context, answer)
      return { notice: 'passkey_added' }
    },
    upgrade: async ({ answer, session }) => {
      await addPasskey(session.context, answer, 'upgrade')
      return { notice: 'passkey_upgraded' }
    },
    test: async ({ answer, session }) => {
      await provePasskey(session.context, answer)
      return { notice: 'passkey_works' }
    },
    rename: async ({ answer, session }) => {
      await renamePasskey(session.context, answer)
      return { notice: 'factor_renamed' }
    },
    remove: async ({ answer, session }) => {
      await removePasskey(session.context, answer)
      return { notice: 'passkey_removed' }
    },
  }),
}
