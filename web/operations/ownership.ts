import { z } from 'zod'
import { transferOwnership } from '#core/access'
import { builtInRoles } from '#core/authority/contract'
import { below, operation } from './operation.ts'

export const transfer = operation({
  ...below('/ownership'),
  id: 'organizations.transfer-ownership',
  method: 'post',
  summary: 'Hand the ownership over to somebody else',
  description:
    'They own the organization for good, and as far down as you do. Only who holds everything that an owner holds may do it. With `step_down` you are no owner any more, in the same moment; somebody always is.',
  can: 'organization.transfer',
  also: builtInRoles.owner.filter((permission) => permission !== 'organization.transfer'),
  body: z.strictObject({
    person: z.string().max(64).describe('The id of an active member of staff'),
    step_down: z.boolean().default(false),
  }),
  fails: ['person.unknown', 'access.owner_unfit', 'access.not_an_owner', 'access.last_owner'],
  example: { params: { id: '{{organization}}' }, body: { person: '{{next_owner}}' }, needs: 'next_owner' },
  inOrganization: async (tx, { by, body }) => {
    await transferOwnership(tx, by, { person: body.person, stepDown: body.step_down })
    return {}
  },
})

export const ownershipOperations = [transfer]
