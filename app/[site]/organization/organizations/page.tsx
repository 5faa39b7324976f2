import { list, unfold } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { Organizations } from '#ui/console/organizations'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { addressAfter, afterOf, oneOf } from '../_asked.ts'
import { namesAbove } from './_names.ts'

const here = '/organization/organizations'

/** `open` holds ids, joined by dots. */
const openOf = (given: string | undefined): string[] => (given ?? '').split('.').filter((id) => /^org_\w+$/.test(id))

export default consolePage({
  here,
  can: 'organization.read',
  draw: async ({ site, by, flash, frame, query }) => {
    const { id } = site.organization
    const search = query.search?.trim().slice(0, 80) || undefined
    const status = oneOf(['active', 'suspended'], query.status)
    const isSearch = search !== undefined || status !== undefined
    const open = openOf(query.open)
    const after = afterOf(query.after)
    const asked = {
      below: id,
      isDeep: true,
      limit: 50,
      ...(search ? { search } : {}),
      ...(status ? { status } : {}),
      ...(after ? { after: { name: after.key, id: after.id } } : {}),
    }
    const { branches, next } = await withPlatform(async (tx) => {
      if (!isSearch) return { branches: await unfold(tx, by, id, open), next: null }
      const found = await list(tx, by, asked)
      const flat = found.organizations.map((organization) => ({
        organization,
        depth: 0,
        children: 0,
        isOpen: false,
        isCut: false,
      }))
      return { branches: flat, next: found.next ?? null }
    })
    return (
      <Organizations
        site={site}
        frame={frame}
        data={{
          branches,
          above: isSearch
            ? namesAbove(
                site,
                branches.map(({ organization }) => organization),
              )
            : new Map(),
          isSearch,
          next: next && addressAfter(site, here, query, ['search', 'status'], { key: next.name, id: next.id }),
          query: { search, status, after: query.after },
          open,
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
