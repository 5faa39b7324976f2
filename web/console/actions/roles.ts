import { fail } from '#platform/failure'
import type { Action } from '../action.ts'
import { listOf, neededOf, textOf } from '../fields.ts'
import type { Sent } from '../sent.ts'

/** Those that were ticked, and those of applications, one a line. */
const permissionsOf = (sent: Sent): string[] => {
  const typed = textOf(sent, 'application_permissions').split(/[\s,;]+/)
  const permissions = [...new Set([...listOf(sent, 'permissions'), ...typed.filter((one) => one !== '')])]
  return permissions.length > 0 ? permissions : fail('input.missing', 'permissions')
}

/** A key from a name, for whoever does not care for one; empty where the name has no Latin letters. */
const keyFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replaceAll(/-+$/g, '')

const wordsOf = (sent: Sent) => ({ name: neededOf(sent, 'name'), description: textOf(sent, 'description') })

export const roleActions: readonly Action[] = [
  {
    operation: 'roles.create',
    notice: 'role_created',
    body: (sent) => {
      const key = textOf(sent, 'key') || keyFrom(textOf(sent, 'name'))
      return { key: key || fail('input.missing', 'key'), ...wordsOf(sent), permissions: permissionsOf(sent) }
    },
  },
  {
    operation: 'roles.update',
    notice: 'role_saved',
    body: (sent) => ({ ...wordsOf(sent), permissions: permissionsOf(sent) }),
  },
  { operation: 'roles.remove', notice: 'role_removed' },
]
