import { groupsToFill, rolesToGive } from '#core/access'
import { provenDomains, splitAddresses } from '#core/invitations'
import { canonicalEmail } from '#core/people'
import { withOrganization } from '#platform/database'
import { Invite } from '#ui/console/invite'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

const here = '/organization/invitations/new'

/** Of what was typed: words that are no addresses, and addresses at other domains than these. */
const checkedAddresses = (typed: string, domains: readonly string[]) => {
  const words = [...new Set(splitAddresses(typed))]
  const addresses = words.flatMap((word) => canonicalEmail(word) ?? [])
  return {
    wrong: words.filter((word) => canonicalEmail(word) === null),
    outside: addresses.filter((address) => !domains.includes(address.slice(address.lastIndexOf('@') + 1))),
  }
}

export default consolePage({
  here,
  can: 'invitation.manage',
  draw: async ({ site, by, flash, frame }) => {
    const { id } = site.organization
    const { domains, isBound } = await provenDomains(id, by)
    const { roles, groups } = await withOrganization(id, async (tx) => ({
      roles: await rolesToGive(tx, by),
      groups: await groupsToFill(tx, by),
    }))
    const typed = checkedAddresses(flash?.values?.emails ?? '', domains)
    const data = { roles, groups, domains, isBound, ...typed }
    return <Invite site={site} frame={frame} data={data} {...answered(null, flash)} />
  },
})
