// What may be permitted, and the roles that come with the product. Permissions of the console are listed here; an
// application's own are `<application>:<what>`, which only organizations' own roles hold.

/** Console permissions with what each lets somebody do, in one sentence of the field's words. */
export const permissions = {
  'organization.read': 'See the organization, its addresses and its settings',
  'organization.update': 'Change name, languages, sign-up, attributes and where people live',
  'organization.create': 'Create organizations below it, invite businesses, and answer those that ask to join',
  'organization.move': 'Move organizations within what it reaches',
  'organization.suspend': 'Suspend and resume organizations below it',
  'organization.delete': 'Delete organizations below it',
  'organization.transfer': 'Hand the ownership over',
  'domain.manage': 'Add, prove and remove domains, choose the address that is shown',
  'people.read': 'See people, their memberships and sessions',
  'people.create': 'Create and import people',
  'people.update': 'Change what is known about people',
  'people.suspend': 'Suspend and resume people, end their sessions',
  'people.reset': 'Reset a lost password or second step',
  'people.delete': 'Delete people and remove them from the organization',
  'people.export': 'Export people',
  'invitation.manage': 'Invite people and look after invitations',
  'sign-up.approve': 'Approve sign-ups',
  'group.manage': 'Make groups and choose who is in them',
  'role.manage': 'Make roles of the organization’s own',
  'role.assign': 'Give roles to people and groups, as far as one holds them oneself',
  'token.manage': 'Make service accounts and API tokens, as far as one holds their permissions oneself',
  'theme.edit': 'Change the theme, texts and emails as drafts',
  'theme.publish': 'Publish the theme, texts and emails',
  'flow.read': 'See the flows of signing in, signing up, recovery and invitations',
  'flow.edit': 'Change flows as drafts',
  'flow.publish': 'Publish flows, bring earlier ones back, and take them back',
  'audit.read': 'Read and export the audit trail',
  'usage.read': 'See how much the organization is used',
} as const

export type ConsolePermission = keyof typeof permissions
/** A permission of an application, such as `shop:order.refund`. */
export type ApplicationPermission = `${string}:${string}`
export type Permission = ConsolePermission | ApplicationPermission

export const applicationPermission = /^[a-z][a-z0-9-]{0,31}:[a-z][a-z0-9._-]{0,63}$/

export const isPermission = (value: string): value is Permission =>
  Object.hasOwn(permissions, value) || applicationPermission.test(value)

const all = Object.keys(permissions) as ConsolePermission[]
const but = (...left: ConsolePermission[]) => all.filter((permission) => !left.includes(permission))

/** Roles that every organization has. Their keys are reserved; nobody changes what they hold. */
export const builtInRoles = {
  owner: all,
  administrator: but('organization.transfer', 'organization.delete'),
  'people-manager': [
    'organization.read',
    'people.read',
    'people.create',
    'people.update',
    'people.suspend',
    'people.reset',
    'people.export',
    'invitation.manage',
    'sign-up.approve',
    'group.manage',
    'role.assign',
  ],
  'brand-editor': ['organization.read', 'theme.edit'],
  'brand-publisher': ['organization.read', 'theme.edit', 'theme.publish'],
  auditor: ['organization.read', 'people.read', 'flow.read', 'audit.read', 'usage.read'],
} as const satisfies Record<string, readonly ConsolePermission[]>

export type BuiltInRole = keyof typeof builtInRoles
export const isBuiltInRole = (key: string): key is BuiltInRole => Object.hasOwn(builtInRoles, key)
