import { findRole, rolesToGive } from '#core/access'
import { builtInRoles, isBuiltInRole } from '#core/authority/contract'
import { holders } from '#core/roster'
import { withOrganization } from '#platform/database'
import { RolePage } from '#ui/console/role'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { addressAfter, afterOf } from '../../_asked.ts'
import { canHere } from '../../_rights.ts'

const at = (role: string) => `/organization/roles/${role}`

export default consolePage<{ role: string }>({
  here: ({ role }) => at(role),
  can: 'organization.read',
  draw: async ({ site, by, params: { role }, flash, frame, query }) => {
    const { id } = site.organization
    const { t } = site.texts
    const { own, canTakeBack } = await withOrganization(id, async (tx) => {
      const found = isBuiltInRole(role) ? null : await findRole(tx, by, role)
      return { own: found, canTakeBack: (await rolesToGive(tx, by)).some((one) => one.role === role) }
    })
    const after = afterOf(query.after)?.id
    const page = { limit: 50, ...(after === undefined ? {} : { after }) }
    const who = canHere(site, by, 'people.read') ? await holders(id, by, role, page) : null
    const permissions = isBuiltInRole(role) ? [...builtInRoles[role]] : (own?.permissions ?? [])
    return (
      <RolePage
        site={site}
        frame={frame}
        data={{
          id: role,
          name: own?.name ?? t(`role.${role}`),
          lead: own?.description ?? t(`roles.lead.${role}`),
          permissions,
          own,
          holders: who?.holders ?? null,
          next: who?.next ? addressAfter(site, at(role), {}, [], { key: '', id: who.next }) : null,
          query: { after: query.after },
          canChange:
            canHere(site, by, 'role.manage') && permissions.every((permission) => canHere(site, by, permission)),
          canTakeBack,
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
