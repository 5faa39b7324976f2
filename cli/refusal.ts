// What somebody can mend is told in words, with its stable code; the rest is a mistake of ours and keeps its trace.

import { SettingsError, settings } from '#platform/env'
import { isFailure } from '#platform/failure'
import type { Report } from './report.ts'

type Data = Readonly<Record<string, unknown>>

const reasons: Readonly<Record<string, (data: Data) => string>> = {
  'database.in_use': ({ directory, pid }) =>
    `Process ${pid} has ${directory} open, and only one at a time may: stop it first, or ask it, by its REST interface at ${settings().origin}/api/docs.`,
  'database.unavailable': ({ reason }) => `The database cannot be opened: ${reason}. \`doctor\` looks closer.`,
  'organizations.not_found': ({ handle }) => `There is no organization called ${handle ?? 'like that'}.`,
  'organizations.root_exists': ({ handle }) =>
    `There is a root already${handle ? `: --below ${handle}, or an organization below it` : ''}.`,
  'organizations.handle_invalid': () =>
    'A handle is up to 40 lower-case letters, digits and inner hyphens, as a part of a host name is.',
  'organizations.handle_reserved': () => 'That handle is kept for the product itself.',
  'organizations.handle_taken': () => 'That handle is taken, or was given up by another organization.',
  'organizations.name_invalid': () => 'A name is one line of plain text, up to 80 characters.',
  'organizations.is_root': () => 'That cannot be done to the root.',
  'organizations.would_be_circle': () => 'An organization cannot be below itself.',
  'organizations.too_deep': () => 'That would be more than 100 levels deep.',
  'email.invalid': () => 'That is no email address.',
  'name.required': () => 'Somebody new needs --given-name and --family-name.',
  'name.invalid': () => 'That cannot be a part of a name.',
  'person.exists': () => 'Somebody with that address is there already.',
  'person.unknown': () => 'Nobody with that address lives or belongs there.',
  'toolkit.not_active': () => 'They are suspended or wait for an approval: `people resume` lets them in.',
  'access.last_owner': () => 'That is the last owner: give somebody else the ownership first.',
  'access.role_unknown': () => 'There is no such role.',
  'tokens.scope_not_held': ({ permission }) =>
    permission
      ? `The account does not hold ${permission}: give it a role that does, with --role.`
      : 'The account holds nothing yet: give it a role with --role.',
  'tokens.account_suspended': () => 'The service account of that name is suspended.',
  'tokens.token_unknown': () => 'There is no such token.',
}

/** The one line in which a failure is told. */
const told = (code: string, field: string | undefined, data: Data): string => {
  const reason = reasons[code]?.(data)
  const about = field ? ` (${field})` : ''
  return reason ? `${reason} (${code})` : `${code}${about} ${JSON.stringify(data)}`
}

export const refusalOf = (error: unknown): Report => {
  if (error instanceof SettingsError) {
    return { isWell: false, text: error.message, data: { error: error.code, problems: error.problems } }
  }
  if (!isFailure(error)) throw error
  const { code, field, data = {} } = error
  const text = told(code, field, data)
  return { isWell: false, text, data: { ...data, error: code, ...(field ? { field } : {}), message: text } }
}
