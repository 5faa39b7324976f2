import { z } from 'zod'
import type { Actor } from '#core/authority/contract'
import { create, createOnce } from '#core/organizations'
import type { NewOrganization, Organization } from '#core/organizations/contract'
import { withPlatform } from '#platform/database'
import { type Failure, isFailure } from '#platform/failure'
import { problemSummaryShape } from '../problem-shape.ts'
import { fieldProblems, invalid } from '../validation.ts'
import { operation } from './operation.ts'
import { newOrganizationShape, organizationOf, organizationShape, reference, wantedOf } from './organization-shape.ts'
import { idBehind } from './target.ts'

const most = 100

const envelope = {
  parent_id: reference.optional().describe('Below which; below the organization of the address if absent'),
  key_attribute: z
    .string()
    .max(40)
    .optional()
    .describe(
      'An attribute that tells them apart, such as `crm_id`: what is there already is answered, not made again',
    ),
}

const result = z.strictObject({
  index: z.int(),
  outcome: z.enum(['created', 'existing', 'failed']),
  organization: organizationShape.optional(),
  problem: problemSummaryShape.optional(),
})

type Made = { organization: Organization; isNew: boolean }

const make = async (by: Actor, wanted: NewOrganization & { parentId: string }, key?: string): Promise<Made> =>
  withPlatform(async (tx) =>
    key === undefined ? { organization: await create(tx, by, wanted), isNew: true } : createOnce(tx, by, wanted, key),
  )

/** What concerns all of them is no failure of one. */
const isOfAll = ({ code }: Failure) => code.startsWith('authority.') || code === 'organizations.not_found'

export const createInBulk = operation({
  id: 'organizations.create-in-bulk',
  method: 'post',
  path: '/organizations/bulk',
  summary: `Create up to ${most} organizations`,
  description:
    'Each on its own: one that fails stops none of the others, and the answer says what became of each, in the order of the request.',
  can: 'organization.create',
  body: z.strictObject({ ...envelope, items: z.array(z.record(z.string(), z.unknown())).min(1).max(most) }),
  shownBody: z.strictObject({ ...envelope, items: z.array(newOrganizationShape).min(1).max(most) }),
  answer: z.strictObject({
    created: z.int(),
    existing: z.int(),
    failed: z.int(),
    results: z.array(result),
  }),
  example: {
    body: {
      parent_id: '{{organization}}',
      key_attribute: 'crm_id',
      items: [
        { handle: 'bulk-{{run}}-1', name: 'First of two', attributes: { crm_id: 'B-{{run}}-1' } },
        { handle: 'bulk-{{run}}-2', name: 'Second of two', attributes: { crm_id: 'B-{{run}}-2' } },
      ],
    },
    keeps: { first: 'results.0.organization.id', second: 'results.1.organization.id' },
  },
  byItself: async ({ by, organization, body, explain }) => {
    const parentId = body.parent_id === undefined ? organization.id : idBehind(body.parent_id)
    const results: z.infer<typeof result>[] = []
    for (const [index, item] of body.items.entries()) {
      try {
        const read = newOrganizationShape.safeParse(item)
        if (!read.success) throw invalid(fieldProblems(read.error, 'pointer'))
        const made = await make(by, wantedOf(read.data, parentId), body.key_attribute)
        const outcome = made.isNew ? 'created' : 'existing'
        results.push({ index, outcome, organization: organizationOf(made.organization) })
      } catch (error) {
        if (!isFailure(error) || isOfAll(error)) throw error
        results.push({ index, outcome: 'failed', problem: explain(error) })
      }
    }
    const count = (outcome: string) => results.filter((one) => one.outcome === outcome).length
    return {
      body: { created: count('created'), existing: count('existing'), failed: count('failed'), results },
      changed: results.flatMap((one) => (one.outcome === 'created' ? (one.organization?.id ?? []) : [])),
    }
  },
})

export const bulkOperations = [createInBulk]
