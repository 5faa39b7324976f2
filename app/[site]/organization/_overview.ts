import { may } from '#core/authority'
import type { Actor, ConsolePermission } from '#core/authority/contract'
import { listPublished } from '#core/documents'
import { counts as invitationCounts } from '#core/invitations'
import { addressOf, below, canonicalAddressOf, directory } from '#core/organizations'
import type { Address } from '#core/organizations/contract'
import { waiting } from '#core/recovery'
import { counts } from '#core/roster'
import { withOrganization, withPlatform } from '#platform/database'
import type { OverviewData } from '#ui/console/overview'
import type { Site } from '#web/site'

const addressesOf = ({ organization }: Site): OverviewData['addresses'] => {
  const shown = canonicalAddressOf(organization)
  const own: Address[] = directory()
    .hostsOf(organization.id)
    .map((host) => ({ form: 'domain', host }))
  const all: Address[] =
    organization.parentId === null ? [{ form: 'root' }, ...own] : [{ form: 'path' }, { form: 'name' }, ...own]
  return all
    .map((address) => {
      const { origin, base } = addressOf(organization, address)
      return { url: `${origin}${base}`, isShown: JSON.stringify(address) === JSON.stringify(shown) }
    })
    .sort((a, b) => Number(b.isShown) - Number(a.isShown))
}

/** How the organization stands, as far as whoever looks may see it. */
export const overviewOf = async (site: Site, by: Actor): Promise<OverviewData> => {
  const { id, ancestors, parentId, secondFactorRequired } = site.organization
  const can = (permission: ConsolePermission) => may(by, permission, ancestors)
  const roster = can('people.read') ? await counts(id, by) : null
  const invitations = can('invitation.manage') ? await invitationCounts(id, by) : null
  const people = roster ? roster.active + roster.pending + roster.suspended : null
  const hasOwnTheme = await withOrganization(id, async (tx) => (await listPublished(tx, 'theme')).length > 0)
  return {
    begun: {
      ...(can('theme.edit') ? { brand: hasOwnTheme } : {}),
      ...(invitations && people !== null ? { people: people > 1 || invitations.pending > 0 } : {}),
      ...(can('domain.manage') && parentId !== null ? { domain: directory().hostsOf(id).length > 0 } : {}),
      ...(can('organization.update') ? { 'second-step': secondFactorRequired } : {}),
      ...(roster ? { 'sign-in': roster.signedIn > 1 } : {}),
    },
    parentName: parentId === null ? null : (directory().byId(parentId)?.name ?? null),
    people,
    waiting: can('sign-up.approve') ? (roster?.pending ?? null) : null,
    recoveries: can('people.reset') ? (await waiting(id, by)) || null : null,
    invited: invitations?.pending ?? null,
    below: can('organization.read') ? await withPlatform((tx) => below(tx, by, id)) : null,
    addresses: addressesOf(site),
  }
}
