import { z } from 'zod'
import { addressOf, canonicalAddressOf } from '#core/organizations'
import {
  businessSignUpModes,
  identifierKinds,
  type NewOrganization,
  type Organization,
  type OrganizationChange,
  organizationStatuses,
  peopleSources,
  type SecurityChange,
  type SecurityPolicy,
  signUpModes,
} from '#core/organizations/contract'

/** An organization's id, or `~` and its handle. */
export const reference = z.string().max(64).describe('An id (`org_…`), or `~` and a handle')

const handle = z.string().max(64).describe('Lower-case letters, digits and inner hyphens: its name in addresses')
const name = z.string().max(200).describe('As people read it')
const locales = z.array(z.string().max(35)).max(40).describe('Languages offered; the first is the default')
const attribute = z.string().max(200)

/** The bounds are core's; here is what a document says of them. */
const security = {
  session_idle_minutes: z.int().min(5).max(43_200).describe('A session that nobody uses for so long is over'),
  session_life_hours: z.int().min(1).max(8760).describe('A session is over after so long in any case'),
  trusted_device_days: z
    .int()
    .min(0)
    .max(365)
    .describe('How long a trusted browser spares its person the second step; 0: it never does'),
  recovery_wait_hours: z
    .int()
    .min(0)
    .max(168)
    .describe('How long whoever has lost their second step waits at least before it is taken away'),
  identifiers: z.array(z.enum(identifierKinds)).max(3).describe('What an account may be called by at the sign-in'),
}

const settings = {
  people_from: z.enum(peopleSources).describe('Where its people live: here, at its parent’s, or both'),
  sign_up: z.enum(signUpModes).describe('How people come in'),
  business_sign_up: z.enum(businessSignUpModes).describe('How businesses come in below it'),
  second_factor_required: z.boolean().describe('Whether everybody needs a second step'),
}

export const organizationShape = z
  .strictObject({
    id: z.string(),
    parent_id: z.string().nullable().describe('Null for the root alone'),
    handle,
    name,
    status: z.enum(organizationStatuses),
    ...settings,
    security: z.strictObject(security).describe('What is asked of everybody who signs in'),
    attributes: z.record(z.string(), attribute).describe('What it is known by elsewhere'),
    locales,
    canonical_address: z.string().describe('`path`, `name`, or one of its domains'),
    url: z.url().describe('Where its people find it'),
    version: z.int(),
  })
  .meta({ id: 'Organization', description: 'A business in the tree, met at addresses of its own' })

const securityShapeOf = (policy: SecurityPolicy) => ({
  session_idle_minutes: policy.sessionIdleMinutes,
  session_life_hours: policy.sessionLifeHours,
  trusted_device_days: policy.trustedDeviceDays,
  recovery_wait_hours: policy.recoveryWaitHours,
  identifiers: policy.identifiers,
})

export const organizationOf = (organization: Organization): z.infer<typeof organizationShape> => {
  const { origin, base } = addressOf(organization, canonicalAddressOf(organization))
  return {
    id: organization.id,
    parent_id: organization.parentId,
    handle: organization.handle,
    name: organization.name,
    status: organization.status,
    people_from: organization.peopleFrom,
    sign_up: organization.signUp,
    business_sign_up: organization.businessSignUp,
    second_factor_required: organization.secondFactorRequired,
    security: securityShapeOf(organization.security),
    attributes: organization.attributes,
    locales: organization.locales,
    canonical_address: organization.canonicalAddress,
    url: `${origin}${base}`,
    version: organization.version,
  }
}

const given = {
  people_from: settings.people_from.optional(),
  sign_up: settings.sign_up.optional(),
  business_sign_up: settings.business_sign_up.optional(),
  second_factor_required: settings.second_factor_required.optional(),
  security: z
    .strictObject(security)
    .partial()
    .optional()
    .describe('What is asked of everybody who signs in; only what is named changes'),
  locales: locales.optional(),
}

/** What is said of a new organization, below a parent that is named elsewhere. */
export const newOrganizationShape = z
  .strictObject({
    handle,
    name,
    ...given,
    attributes: z
      .record(z.string().max(40), attribute)
      .optional()
      .describe('What it is known by elsewhere: a number in a CRM, a region, a plan'),
  })
  .meta({ id: 'NewOrganization' })

export const organizationChangeShape = z
  .strictObject({
    handle: handle.optional(),
    name: name.optional(),
    ...given,
    attributes: z
      .record(z.string().max(40), attribute.nullable())
      .optional()
      .describe('Those that are named change; null takes one away'),
  })
  .meta({ id: 'OrganizationChange' })

const onlySaid = <Said extends object>(said: Said): Partial<Said> =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<Said>

type Settings = z.infer<z.ZodObject<typeof given>>

const securitySaid = (said: NonNullable<Settings['security']>): SecurityChange =>
  onlySaid({
    sessionIdleMinutes: said.session_idle_minutes,
    sessionLifeHours: said.session_life_hours,
    trustedDeviceDays: said.trusted_device_days,
    recoveryWaitHours: said.recovery_wait_hours,
    identifiers: said.identifiers,
  })

const settingsOf = (body: Settings) => ({
  peopleFrom: body.people_from,
  signUp: body.sign_up,
  businessSignUp: body.business_sign_up,
  secondFactorRequired: body.second_factor_required,
  security: body.security && securitySaid(body.security),
  locales: body.locales,
})

export const wantedOf = (
  body: z.infer<typeof newOrganizationShape>,
  parentId: string,
): NewOrganization & { parentId: string } => ({
  parentId,
  handle: body.handle,
  name: body.name,
  attributes: body.attributes,
  ...settingsOf(body),
})

/** Only what was said: what is absent stays as it is. */
export const changeOf = (body: z.infer<typeof organizationChangeShape>): OrganizationChange => {
  const change = { handle: body.handle, name: body.name, attributes: body.attributes, ...settingsOf(body) }
  return onlySaid(change)
}
