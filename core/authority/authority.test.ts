import { describe, expect, it } from 'vitest'
import type { Actor, Permission, Reach } from './contract.ts'
import { builtInRoles, isPermission, permissions } from './contract.ts'
import { isKnownTo, may, require, requireHeld, systemActor, visitor } from './index.ts'

const chain = ['org_root', 'org_pacifica', 'org_lisbon']
const holder = (organizationId: string, reach: Reach, permission: Permission = 'organization.update'): Actor => ({
  kind: 'person',
  grants: [{ permission, organizationId, reach }],
})
const decided: [string, Actor, boolean][] = [
  ['a grant at the target itself', holder('org_lisbon', 'organization'), true],
  ['a grant at an ancestor that reaches down', holder('org_pacifica', 'subtree'), true],
  ['a grant at an ancestor that does not reach down', holder('org_pacifica', 'organization'), false],
  ['a grant beside', holder('org_alpine', 'subtree'), false],
  ['a grant below', holder('org_belem', 'subtree'), false],
  ['a visitor', visitor({}), false],
  ['the process itself', systemActor, true],
]

describe('authority', () => {
  it.each(decided)('decides for %s', (_, actor, expected) => {
    expect(may(actor, 'organization.update', chain)).toBe(expected)
  })

  it('lets whoever owns the organization have every permission of its applications, and nobody else', () => {
    const owner = holder('org_pacifica', 'subtree', 'organization.transfer')
    expect(may(owner, 'shop:order.refund', chain, 'subtree')).toBe(true)
    expect(may(owner, 'shop:order.refund', ['org_root'])).toBe(false)
    expect(may(holder('org_pacifica', 'subtree', 'role.manage'), 'shop:order.refund', chain)).toBe(false)
    expect(may(holder('org_lisbon', 'organization', 'shop:order.refund'), 'shop:order.refund', chain)).toBe(true)
  })

  it('refuses another permission than the one granted', () => {
    expect(() => require(holder('org_lisbon', 'subtree'), 'organization.suspend', chain)).toThrow('authority.denied')
  })

  it('answers whoever holds nothing there as if nothing were there', () => {
    for (const actor of [visitor({}), holder('org_alpine', 'subtree'), holder('org_pacifica', 'organization')]) {
      expect(() => require(actor, 'organization.update', chain)).toThrow('authority.unknown')
      expect(isKnownTo(actor, chain)).toBe(false)
    }
  })

  it('lets nobody give away what they do not hold, nor further than they reach', () => {
    const here = holder('org_lisbon', 'organization')
    expect(() => requireHeld(here, ['organization.update'], chain, 'organization')).not.toThrow()
    expect(() => requireHeld(here, ['organization.update'], chain, 'subtree')).toThrow('authority.exceeds_own')
    expect(() => requireHeld(here, ['organization.update', 'role.manage'], chain, 'organization')).toThrow(
      'authority.exceeds_own',
    )
    const above = holder('org_root', 'subtree')
    expect(() => requireHeld(above, ['organization.update'], chain, 'subtree')).not.toThrow()
  })
})

describe('permissions', () => {
  it('are words of the console or of an application', () => {
    for (const word of [...Object.keys(permissions), 'shop:order.refund', 'a:b']) expect(isPermission(word)).toBe(true)
    for (const word of ['', 'people', 'constructor', 'shop:', ':x', 'Shop:x', 'shop:x y', 'people.*', '*'])
      expect(isPermission(word), word).toBe(false)
  })
  it('of built-in roles exist, and the owner holds them all', () => {
    for (const held of Object.values(builtInRoles)) {
      for (const permission of held) expect(permissions).toHaveProperty([permission])
    }
    expect([...builtInRoles.owner].sort()).toEqual(Object.keys(permissions).sort())
  })
})
