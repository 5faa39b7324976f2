import { expect, it } from 'vitest'
import type { Reason } from '#core/access/contract'
import { giftsOf } from './person-reasons.ts'

const here = { id: 'org_here', handle: 'here', name: 'Here' }
const above = { id: 'org_above', handle: 'above', name: 'Above' }
const reason = (over: Partial<Reason>): Reason => ({
  organization: here,
  role: 'auditor',
  roleName: null,
  reach: 'organization',
  through: 'person',
  group: null,
  isByRule: false,
  grantId: 'grn_1',
  givenBy: null,
  givenAt: new Date('2026-01-01T00:00:00Z'),
  endsAt: null,
  ...over,
})
const held = (permission: 'people.read' | 'audit.read', ...reasons: Reason[]) => ({
  permission,
  reach: 'organization' as const,
  reasons,
})

it('what came by one grant stands together, however many permissions that are', () => {
  const gifts = giftsOf({
    organization: here,
    permissions: [held('audit.read', reason({})), held('people.read', reason({}), reason({ grantId: 'grn_2' }))],
  })
  expect(gifts.map(({ key, permissions }) => [key, permissions])).toEqual([
    ['grn_1', ['audit.read', 'people.read']],
    ['grn_2', ['people.read']],
  ])
})

it('what was given here comes before what reaches down from above', () => {
  const gifts = giftsOf({
    organization: here,
    permissions: [
      held('people.read', reason({ organization: above, grantId: 'grn_up', reach: 'subtree' }), reason({})),
    ],
  })
  expect(gifts.map(({ key }) => key)).toEqual(['grn_1', 'grn_up'])
})

it('two grants whose ids are hidden from the reader stay two', () => {
  const hidden = { grantId: null, organization: above, reach: 'subtree' } as const
  const gifts = giftsOf({
    organization: here,
    permissions: [held('people.read', reason(hidden), reason({ ...hidden, role: 'owner' }))],
  })
  expect(gifts).toHaveLength(2)
})
