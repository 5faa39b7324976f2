import { describe, expect, it } from 'vitest'
import { may, require, systemActor, visitor } from './index.ts'

const chain = ['org_root', 'org_pacifica', 'org_lisbon']
const holder = (organizationId: string, reach: 'organization' | 'subtree') => ({
  kind: 'person' as const,
  grants: [{ permission: 'organization.update', organizationId, reach }],
})

describe('authority', () => {
  it.each([
    ['a grant at the target itself', holder('org_lisbon', 'organization'), true],
    ['a grant at an ancestor that reaches down', holder('org_pacifica', 'subtree'), true],
    ['a grant at an ancestor that does not reach down', holder('org_pacifica', 'organization'), false],
    ['a grant elsewhere', holder('org_alpine', 'subtree'), false],
    ['a visitor', visitor({}), false],
    ['the process itself', systemActor, true],
  ])('decides for %s', (_name, actor, expected) => {
    expect(may(actor, 'organization.update', chain)).toBe(expected)
  })

  it('refuses another permission than the one granted', () => {
    expect(() => require(holder('org_lisbon', 'subtree'), 'organization.suspend', chain)).toThrow('authority.denied')
  })
})
