// The words of authority: who acts, and what they were granted where.

/** One permission, at one organization or at it and everything below it. */
export type Grant = { permission: string; organizationId: string; reach: 'organization' | 'subtree' }

export type Actor = {
  kind: 'person' | 'visitor' | 'service' | 'system'
  /** Home organization and id of a person. */
  homeId?: string
  personId?: string
  /** IP address of the peer. */
  address?: string
  userAgent?: string
  requestId?: string
  grants: Grant[]
}
