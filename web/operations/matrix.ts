/**
 * Who is answered what: every operation for ten kinds of caller, about six kinds of organization. What is expected follows
 * from the permissions that an operation declares and a role holds; the exceptions are listed, each with its reason. A
 * test asks every cell on both engines, so that a right which is declared and not decided, or decided and not declared,
 * turns it red.
 *
 *     root ─ parent ─┬─ own ─┬─ child
 *                    │       └─ suspended
 *                    └─ sibling
 */

import { type BuiltInRole, builtInRoles, type Permission } from '#core/authority/contract'
import type { Operation } from './operation.ts'

export const positions = ['root', 'parent', 'own', 'child', 'suspended', 'sibling'] as const
export type Position = (typeof positions)[number]

/** Organizations that are asked about; `random` is an id that nobody has. */
export const targets = ['own', 'child', 'parent', 'sibling', 'suspended', 'random'] as const
export type Target = (typeof targets)[number]

type Caller = { at: Position; role: BuiltInRole; scopes?: 'none'; expired?: true }

/** Callers: null brings no token; all others hold their role at an organization and below it. */
export const callers = {
  anonymous: null,
  'no-scope token': { at: 'own', role: 'owner', scopes: 'none' },
  auditor: { at: 'own', role: 'auditor' },
  'people manager': { at: 'own', role: 'people-manager' },
  'brand editor': { at: 'own', role: 'brand-editor' },
  administrator: { at: 'own', role: 'administrator' },
  'owner of the child': { at: 'child', role: 'owner' },
  'owner of the sibling': { at: 'sibling', role: 'owner' },
  'owner of the root': { at: 'root', role: 'owner' },
  'expired token': { at: 'own', role: 'owner', expired: true },
} as const satisfies Record<string, Caller | null>
export type CallerName = keyof typeof callers

/** What an organization reaches: itself and whatever is below it. */
export const reached: Record<Position, readonly Target[]> = {
  root: ['parent', 'own', 'child', 'suspended', 'sibling'],
  parent: ['parent', 'own', 'child', 'suspended', 'sibling'],
  own: ['own', 'child', 'suspended'],
  child: ['child'],
  suspended: ['suspended'],
  sibling: ['sibling'],
}

export type Expected = 'done' | 'request.unauthenticated' | 'request.token_invalid' | 'authority.denied' | 'unknown'

/**
 * The ground one stands on belongs to who is above: these need the same right at the parent, which nobody below knows. They
 * are answered as if there were nothing there, as soon as they would be allowed otherwise.
 */
const ofTheParent = new Set([
  'organizations.suspend',
  'organizations.resume',
  'organizations.delete',
  'organizations.preview-removal',
  'organizations.move',
])

const holds = (role: BuiltInRole, permission: Permission): boolean =>
  (builtInRoles[role] as readonly Permission[]).includes(permission)

/** What a caller is answered when they ask for an operation on an organization. */
export const expected = (operation: Operation, caller: CallerName, target: Target): Expected => {
  const who: Caller | null = callers[caller]
  const { can, also = [] } = operation
  if (can === 'anybody') return 'done'
  if (who === null) return 'request.unauthenticated'
  if (who.expired) return 'request.token_invalid'
  if (can === 'self') return 'done'
  if (who.scopes === 'none' || !reached[who.at].includes(target)) return 'unknown'
  if (![can, ...also].every((permission) => holds(who.role, permission))) return 'authority.denied'
  return ofTheParent.has(operation.id) && who.at === target ? 'unknown' : 'done'
}
