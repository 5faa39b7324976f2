// Owns organizations, their hosts, handles and email domains: the tree of businesses, and the addresses they are met at.
// The tables are global, because an address is resolved before any organization is known.
// Calls audit and authority; called by everything that has to know an organization, through `directory()`, from memory.

import { settings } from '#platform/env'
import { registerStatuses } from '#platform/failure'
import { type Address, failures, type Organization, type Place } from './contract.ts'
import { placeOf } from './rules.ts'

export { unfold } from './branches.ts'
export { checkHandle, create, createOnce, update } from './changing.ts'
export { directory, loadDirectory, readAgain } from './directory.ts'
export {
  addDomain,
  addHost,
  checkDomain,
  checkHost,
  chooseAddress,
  domainOwner,
  listDomains,
  listHosts,
  proofRecord,
  recordDomain,
  recordHost,
  removeDomain,
  removeHost,
} from './hosts.ts'
export { countAddresses } from './hosts-store.ts'
export { canonicalHost, checkedHandle, checkedName } from './rules.ts'
export {
  ancestorsOf,
  below,
  find,
  list,
  move,
  remove,
  requireRemovable,
  resume,
  type Sure,
  suspend,
} from './tree.ts'

registerStatuses(failures)

/** Where an organization is met at one of its addresses. */
export const addressOf = (organization: Pick<Organization, 'handle'>, address: Address): Place =>
  placeOf(organization, address, settings().origin)

/** The address that an organization has chosen to be shown at. */
export const canonicalAddressOf = ({ parentId, canonicalAddress }: Organization): Address => {
  if (parentId === null) return { form: 'root' }
  if (canonicalAddress === 'path' || canonicalAddress === 'name') return { form: canonicalAddress }
  return { form: 'domain', host: canonicalAddress }
}
