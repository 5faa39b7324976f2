/** From the answer of a form to what an operation is asked, and from its refusal to what a form shows. */

import { isKnownTo } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import type { Organization } from '#core/organizations/contract'
import { type Failure, fail } from '#platform/failure'
import { parameterNames, partOf } from '../operations/operation.ts'
import { findOrganization } from '../operations/target.ts'
import type { Asked } from '../operations.ts'
import { summaryOf } from '../problem.ts'
import type { Site } from '../site.ts'
import { checked } from '../validation.ts'
import type { Door } from './actions.ts'
import { bodyOf, fieldName, firstProblem, type Sent } from './sent.ts'

/** An organization below the one of the address, or that one itself. What one may not know of does not exist. */
const targetOf = async (site: Site, by: Actor, reference: unknown): Promise<Organization> => {
  if (typeof reference !== 'string' || reference === '' || reference === site.organization.id) return site.organization
  const found = await findOrganization(reference)
  return isKnownTo(by, found.ancestors) ? found : fail('organizations.not_found')
}

const versionOf = (given: unknown): number => (typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : 0)

/** What is asked. `id` names an organization below this one, other names of the path are fields of the form. */
export const askedBy = async (site: Site, by: Actor, { action, operation }: Door, sent: Sent): Promise<Asked> => {
  const organization = await targetOf(site, by, sent.id)
  for (const name of action.needs ?? []) if (String(sent[name] ?? '').trim() === '') fail('input.missing', name)
  const named = parameterNames(operation.path).map((name) => {
    const value = sent[name]
    if (name === 'id') return [name, organization.id]
    return [name, typeof value === 'string' && value !== '' ? value : fail('input.missing', name)]
  })
  const body = action.body ? action.body(sent) : bodyOf(operation.body, sent)
  return {
    by,
    organization,
    params: Object.fromEntries(named),
    query: checked(operation.query, bodyOf(operation.query, sent), 'pointer'),
    body: operation.body === null ? undefined : checked(operation.body, body, 'pointer'),
    version: versionOf(sent.version),
    part: partOf({}, null),
    explain: (failure) => summaryOf(failure, site.texts, site.organization.name),
  }
}

/** A refusal as the form shows it: its code, and the field that it is about. */
export const refusalOf = ({ code, field, data }: Failure): { code: string; field?: string } => {
  if (code === 'request.invalid') return firstProblem(data?.errors)
  return { code, ...(field === undefined ? {} : { field: fieldName(field) }) }
}
