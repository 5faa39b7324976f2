import { confirmTotp, factorRules, removeTotp, renameTotp, startTotp, testTotp } from '#core/account'
import type { Answer } from '#core/people/contract'
import { writeCookie } from '../context.ts'
import type { OwnDoor, OwnForm } from '../form.ts'
import { byIntent } from './intents.ts'

const start = async ({ site, session }: OwnDoor, isInstead: boolean) => {
  await writeCookie(site, 'enrolment', (await startTotp(session.context, { isInstead })).sealed)
  return { row: 'app' }
}

/** The row of each button; all that is not there is set up in one. */
const rows: Readonly<Record<string, string>> = {
  rename: 'manage-app',
  test: 'manage-app',
  remove: 'remove-app',
  replace: 'manage-app',
}
const rowOf = ({ intent }: Answer): string =>
  (typeof intent === 'string' && Object.hasOwn(rows, intent) ? rows[intent] : undefined) ?? 'app'

export const totpForm: OwnForm = {
  path: '/account/security/totp',
  page: '/account/security',
  rules: { name: factorRules.name },
  rowOf,
  handle: byIntent({
    start: (door) => start(door, false),
    replace: (door) => start(door, true),
    confirm: async ({ site, answer, session }) => {
      await confirmTotp(session.context, session.enrolment, answer)
      await writeCookie(site, 'enrolment', null)
      return { notice: 'second_step_added' }
    },
    rename: async ({ answer, session }) => {
      await renameTotp(session.context, answer)
      return { notice: 'factor_renamed' }
    },
    test: async ({ answer, session }) => {
      await testTotp(session.context, answer)
      return { notice: 'app_works' }
    },
    remove: async ({ session }) => {
      await removeTotp(session.context)
      return { notice: 'second_step_removed' }
    },
  }),
}
