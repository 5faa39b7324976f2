import { z } from 'zod'
import { addHost, checkHost, chooseAddress, listHosts, proofRecord, removeHost } from '#core/organizations'
import type { HostStanding } from '#core/organizations/contract'
import { atOrNull, below, instant, list, listOf, operation, part } from './operation.ts'
import { organizationShape } from './organization-shape.ts'
import { changed } from './organizations.ts'

/** What each resolver answered when it was last asked. */
export const evidenceShape = z
  .array(z.strictObject({ resolver: z.string(), values: z.array(z.string()), error: z.string().nullable() }))
  .nullable()
export const recordShape = z.strictObject({ type: z.literal('TXT'), name: z.string(), value: z.string() })

const domainShape = z
  .strictObject({
    host: z.string(),
    verified: z.boolean().describe('Whether its ownership is proven; only then is anybody met there'),
    record: recordShape.nullable().describe('What has to be found in DNS'),
    checked_at: instant.nullable(),
    evidence: evidenceShape,
  })
  .meta({ id: 'Domain', description: 'A host name of the organization’s own' })

/** The record that proves a name. */
export const recordOf = (name: string, proof: string) => ({ type: 'TXT' as const, ...proofRecord(name, proof) })

const domainOf = ({ host, isVerified, proof, checkedAt, evidence }: HostStanding): z.infer<typeof domainShape> => ({
  host,
  verified: isVerified,
  record: proof === null ? null : recordOf(host, proof),
  checked_at: atOrNull(checkedAt),
  evidence,
})

const host = 'account-{{run}}.example.com'

export const listDomains = operation({
  ...below('/domains'),
  id: 'domains.list',
  method: 'get',
  summary: 'List the organization’s own domains',
  can: 'organization.read',
  isList: true,
  answer: listOf(domainShape),
  example: { params: { id: '{{organization}}' } },
  onPlatform: async (tx, { by, organization, part: wanted }) => {
    const { items, next } = part(await listHosts(tx, by, organization.id), (one) => one.host, wanted)
    return list(items.map(domainOf), next)
  },
})

export const addDomain = operation({
  ...below('/domains'),
  id: 'domains.add',
  method: 'post',
  summary: 'Add a domain',
  description: 'Publish the record that is answered, then check: nobody is met there before the ownership is proven.',
  can: 'domain.manage',
  status: 201,
  body: z.strictObject({ host: z.string().max(253) }),
  answer: domainShape,
  fails: ['organizations.host_invalid', 'organizations.host_reserved', 'organizations.host_taken'],
  example: { params: { id: '{{organization}}' }, body: { host } },
  onPlatform: async (tx, { by, organization, body }) => {
    const added = await addHost(tx, by, organization.id, body.host)
    return {
      body: domainOf(added),
      location: `/organizations/${organization.id}/domains/${added.host}`,
      changed: organization.id,
    }
  },
})

export const checkDomain = operation({
  ...below('/domains/{host}/check'),
  id: 'domains.check',
  method: 'post',
  summary: 'Look for the proof of a domain now',
  can: 'domain.manage',
  answer: domainShape,
  fails: ['organizations.host_unknown'],
  example: { params: { id: '{{organization}}', host } },
  byItself: async ({ by, organization, params }) => ({
    body: domainOf(await checkHost(by, organization.id, params.host)),
    changed: organization.id,
  }),
})

export const removeDomain = operation({
  ...below('/domains/{host}'),
  id: 'domains.remove',
  method: 'delete',
  summary: 'Remove a domain',
  can: 'domain.manage',
  fails: ['organizations.host_unknown'],
  example: { params: { id: '{{organization}}', host } },
  onPlatform: async (tx, { by, organization, params }) => {
    await removeHost(tx, by, organization.id, params.host)
    return { changed: organization.id }
  },
})

export const choose = operation({
  ...below('/canonical-address'),
  id: 'domains.choose',
  method: 'put',
  summary: 'Choose the address that is shown',
  description:
    'Pages at the other addresses lead there, unless it is `path`. Nobody is led away from what they have begun, and the interface itself stays at every address.',
  can: 'domain.manage',
  body: z.strictObject({ address: z.string().max(253).describe('`path`, `name`, or a proven domain') }),
  answer: organizationShape,
  fails: ['organizations.host_unproven'],
  example: { params: { id: '{{organization}}' }, body: { address: 'name' } },
  onPlatform: async (tx, { by, organization, body }) =>
    changed(await chooseAddress(tx, by, organization.id, body.address)),
})

export const domainOperations = [addDomain, listDomains, checkDomain, choose, removeDomain]
