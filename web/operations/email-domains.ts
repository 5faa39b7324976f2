import { z } from 'zod'
import { addDomain, checkDomain, listDomains, removeDomain } from '#core/organizations'
import type { EmailDomain } from '#core/organizations/contract'
import { evidenceShape, recordOf, recordShape } from './domains.ts'
import { atOrNull, below, instant, list, listOf, operation, part } from './operation.ts'

const joinsAs = z.enum(['staff', 'consumer']).nullable()

const emailDomainShape = z
  .strictObject({
    domain: z.string(),
    joins_as: joinsAs.describe(
      'As what people with such an address join; null when it only leads them to sign in here',
    ),
    verified: z.boolean(),
    record: recordShape.describe('What has to be found in DNS'),
    checked_at: instant.nullable(),
    evidence: evidenceShape,
  })
  .meta({ id: 'EmailDomain', description: 'A domain whose email addresses belong to the organization’s people' })

const emailDomainOf = (one: EmailDomain): z.infer<typeof emailDomainShape> => ({
  domain: one.domain,
  joins_as: one.joinsAs,
  verified: one.isVerified,
  record: recordOf(one.domain, one.proof),
  checked_at: atOrNull(one.checkedAt),
  evidence: one.evidence,
})

const domain = 'mail-{{run}}.example.com'

export const listEmailDomains = operation({
  ...below('/email-domains'),
  id: 'email-domains.list',
  method: 'get',
  summary: 'List email domains',
  can: 'organization.read',
  isList: true,
  answer: listOf(emailDomainShape),
  example: { params: { id: '{{organization}}' } },
  onPlatform: async (tx, { by, organization, part: wanted }) => {
    const { items, next } = part(await listDomains(tx, by, organization.id), (one) => one.domain, wanted)
    return list(items.map(emailDomainOf), next)
  },
})

export const addEmailDomain = operation({
  ...below('/email-domains'),
  id: 'email-domains.add',
  method: 'post',
  summary: 'Claim an email domain',
  description: 'It counts once its ownership is proven.',
  can: 'domain.manage',
  status: 201,
  body: z.strictObject({ domain: z.string().max(253), joins_as: joinsAs.default(null) }),
  answer: emailDomainShape,
  fails: ['organizations.domain_invalid', 'organizations.domain_public', 'organizations.domain_taken'],
  example: { params: { id: '{{organization}}' }, body: { domain, joins_as: 'staff' } },
  onPlatform: async (tx, { by, organization, body }) => {
    const added = await addDomain(tx, by, organization.id, body.domain, body.joins_as)
    return { body: emailDomainOf(added), location: `/organizations/${organization.id}/email-domains/${added.domain}` }
  },
})

export const checkEmailDomain = operation({
  ...below('/email-domains/{domain}/check'),
  id: 'email-domains.check',
  method: 'post',
  summary: 'Look for the proof of an email domain now',
  can: 'domain.manage',
  answer: emailDomainShape,
  fails: ['organizations.domain_unknown'],
  example: { params: { id: '{{organization}}', domain } },
  byItself: async ({ by, organization, params }) => ({
    body: emailDomainOf(await checkDomain(by, organization.id, params.domain)),
  }),
})

export const removeEmailDomain = operation({
  ...below('/email-domains/{domain}'),
  id: 'email-domains.remove',
  method: 'delete',
  summary: 'Give an email domain up',
  can: 'domain.manage',
  fails: ['organizations.domain_unknown'],
  example: { params: { id: '{{organization}}', domain } },
  onPlatform: async (tx, { by, organization, params }) => {
    await removeDomain(tx, by, organization.id, params.domain)
    return {}
  },
})

export const emailDomainOperations = [addEmailDomain, listEmailDomains, checkEmailDomain, removeEmailDomain]
