import { z } from 'zod'
import type { Actor } from '#core/authority/contract'
import { reaches } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { find as findPerson } from '#core/people'
import { ownAccount } from '#core/tokens'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { operation } from './operation.ts'
import { organizationOf, organizationShape } from './organization-shape.ts'

const meShape = z
  .strictObject({
    kind: z.enum(['service_account', 'person']),
    id: z.string(),
    name: z.string(),
    organization: organizationShape.pick({ id: true, handle: true, name: true, url: true }),
    permissions: z
      .array(z.strictObject({ permission: z.string(), organization_id: z.string(), reach: z.enum(reaches) }))
      .describe('What you hold, and where'),
  })
  .meta({ id: 'Me' })

const nameOf = async (tx: Tx, by: Actor): Promise<string> => {
  if (by.kind === 'service') return (await ownAccount(tx, by)).name
  const { givenName, familyName } = (await findPerson(tx, by.personId ?? '')) ?? fail('person.unknown')
  return `${givenName} ${familyName}`.trim()
}

export const readMe = operation({
  id: 'me.read',
  method: 'get',
  path: '/me',
  summary: 'Read who you are and what you may do',
  can: 'self',
  answer: meShape,
  byItself: async ({ by }) => {
    const { homeId = '', personId = '', grants } = by
    const kind = by.kind === 'service' ? ('service_account' as const) : ('person' as const)
    const name = await withOrganization(homeId, (tx) => nameOf(tx, by))
    const home = organizationOf(directory().byId(homeId) ?? fail('organizations.not_found'))
    return {
      body: {
        kind,
        id: personId,
        name,
        organization: { id: home.id, handle: home.handle, name: home.name, url: home.url },
        permissions: grants.map(({ permission, organizationId, reach }) => ({
          permission,
          organization_id: organizationId,
          reach,
        })),
      },
    }
  },
})

export const meOperations = [readMe]
