import { directory, readAgain } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { fail } from '#platform/failure'
import { isId } from '#platform/ids'

const unknown = (): never => fail('organizations.not_found')

/** The organization that `{id}` names. One that another process has just made is looked for once. No unit of work is open. */
export const findOrganization = async (reference: string): Promise<Organization> => {
  if (reference.startsWith('~')) return directory().byHandle(reference.slice(1)) ?? unknown()
  if (!isId('org', reference)) return unknown()
  return directory().byId(reference) ?? (await readAgain(reference)) ?? unknown()
}

/** The id behind a reference in a body or a query, inside a unit of work; whether it exists is core's to say. */
export const idBehind = (reference: string): string =>
  reference.startsWith('~') ? (directory().byHandle(reference.slice(1))?.id ?? unknown()) : reference
