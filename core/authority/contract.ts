// The words of authority: who acts, and what they were granted where.

import type { Permission } from './permissions.ts'

export {
  type ApplicationPermission,
  applicationPermission,
  type BuiltInRole,
  builtInRoles,
  type ConsolePermission,
  isBuiltInRole,
  isPermission,
  type Permission,
  permissions,
} from './permissions.ts'

export const reaches = ['organization', 'subtree'] as const
export type Reach = (typeof reaches)[number]

/** One permission, at one organization or at it and everything below it. */
export type Grant = { permission: Permission; organizationId: string; reach: Reach }

export type Actor = {
  kind: 'person' | 'visitor' | 'service' | 'system'
  /** Home organization and id of a person; organization and id of a service account. */
  homeId?: string
  personId?: string
  /** IP address of the peer. */
  address?: string
  userAgent?: string
  requestId?: string
  grants: Grant[]
}

export const failures = {
  'authority.denied': 403,
  /** Something that one may not know of: the same answer as for what does not exist. */
  'authority.unknown': 404,
  'authority.exceeds_own': 403,
} as const
