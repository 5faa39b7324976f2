import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#core/authority/contract'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import { chosen, csvTemplate, importPeople, leftOut } from './index.ts'

freshDatabase()
let world: World
let owner: Actor
beforeAll(async () => {
  world = await buildWorld()
  owner = await acting(world.own, await member({ home: world.own, role: 'owner', reach: 'subtree' }))
}, 60_000)

describe('those who were chosen', () => {
  it('are those who live or belong here, whoever else is named', async () => {
    const [one, two] = [await member({ home: world.own }), await member({ home: world.own })]
    const stranger = await member({ home: world.mixed })
    const found = await chosen(world.own, owner, [two.id, one.id, stranger.id, 'per_nobody', one.id])
    expect(found.map(({ personId }) => personId).toSorted()).toEqual([one.id, two.id].toSorted())
  })

  it('are shown to whoever may see people', async () => {
    const ben = await member({ home: world.own })
    const editor = await acting(world.own, await member({ home: world.own, role: 'brand-editor' }))
    await expect(chosen(world.own, editor, [ben.id])).rejects.toThrow('authority.denied')
    const other = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
    await expect(chosen(world.own, other, [ben.id])).rejects.toThrow('authority.unknown')
  })
})

describe('left out is', () => {
  const ben = { personId: 'per_ben', status: 'active', kind: 'consumer', livesHere: true } as const
  it.each([
    ['nobody without a reason', 'suspend', ben, null],
    ['whoever does it', 'suspend', { ...ben, personId: 'per_me' }, 'roster.own_account'],
    ['whoever does it, from removing', 'remove', { ...ben, personId: 'per_me' }, 'roster.own_account'],
    ['nobody from being signed out', 'end-sessions', { ...ben, personId: 'per_me' }, null],
    ['who waits, from suspending', 'suspend', { ...ben, status: 'pending' }, 'roster.waiting'],
    ['who does not wait, from approving', 'approve', ben, 'roster.not_waiting'],
    ['nobody who waits, from approving', 'approve', { ...ben, status: 'pending' }, null],
    ['who is no member, from a role', 'give-role', { ...ben, kind: null }, 'roster.no_membership'],
    ['who lives elsewhere, from a reset', 'reset-password', { ...ben, livesHere: false }, 'roster.lives_elsewhere'],
  ] as const)('%s', (_, action, person, code) => {
    expect(leftOut(action, { personId: 'per_me' }, person)).toBe(code)
  })
})

it('the template is a file that is taken as it is', async () => {
  const report = await importPeople(
    world.own,
    owner,
    [Buffer.from(`\ufeff${csvTemplate({ handle: 'pacifica', locales: ['en'] })}`)],
    { isDryRun: true },
  )
  expect(report).toMatchObject({ created: 2, refused: 0 })
})
