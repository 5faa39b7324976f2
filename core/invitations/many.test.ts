import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { addDomain, listDomains, recordDomain } from '#core/organizations'
import { minutes, setClockForTests } from '#platform/clock'
import { withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import { changeMany, counts, findAll, history, invite, list, provenDomains, revoke } from './index.ts'

freshDatabase()
let world: World
let owner: Actor
let eve: Actor
let stranger: Actor
beforeAll(async () => {
  world = await buildWorld()
  owner = await acting(world.own, await member({ home: world.own, role: 'owner', reach: 'subtree' }))
  const who = { home: world.own, role: 'people-manager', givenName: 'Eve', familyName: 'Brunner' }
  eve = await acting(world.own, await member(who))
  stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
}, 60_000)
afterEach(() => setClockForTests(0))

const invited = async (by: Actor, emails: string[], role?: string): Promise<string[]> => {
  const results = await invite(world.own, by, { emails, ...(role ? { roles: [{ role }] } : {}) })
  return results.map(({ invitationId }) => invitationId ?? '')
}

describe('many invitations', () => {
  it('are sent again, or taken back, each for itself', async () => {
    const [first = '', second = ''] = await invited(eve, ['a@many.example', 'b@many.example'])
    const [higher = ''] = await invited(owner, ['c@many.example'], 'administrator')
    setClockForTests(minutes(2))
    const sent = await changeMany(world.own, eve, 'resend', [first, higher, first, 'inv_nothing'])
    expect(sent).toEqual([
      { invitationId: first, email: 'a@many.example', isDone: true },
      { invitationId: higher, email: 'c@many.example', isDone: false, code: 'authority.exceeds_own' },
      { invitationId: 'inv_nothing', email: null, isDone: false, code: 'invitations.unknown' },
    ])
    await revoke(world.own, eve, second)
    const gone = await changeMany(world.own, eve, 'revoke', [first, second])
    expect(gone.map((one) => (one.isDone ? 'done' : one.code))).toEqual(['done', 'invitations.not_pending'])
    expect((await list(world.own, owner, { state: 'revoked' })).invitations).toHaveLength(2)
  })

  it('are no more than 500', async () => {
    const ids = Array.from({ length: 501 }, (_, index) => `inv_${index}`)
    await expect(changeMany(world.own, eve, 'revoke', ids)).rejects.toThrow('invitations.invalid')
  })

  it('are counted by how they stand, and found by their ids here alone', async () => {
    const before = await counts(world.own, eve)
    const ids = await invited(eve, ['d@many.example', 'e@many.example'])
    await revoke(world.own, eve, ids[0] ?? '')
    const { pending, revoked } = await counts(world.own, eve)
    expect([pending - before.pending, revoked - before.revoked]).toEqual([1, 1])
    expect((await findAll(world.own, eve, [...ids, 'inv_x'])).map(({ email }) => email).sort()).toEqual([
      'd@many.example',
      'e@many.example',
    ])
    expect(await findAll(world.mixed, stranger, ids)).toEqual([])
    const own = await changeMany(world.mixed, stranger, 'revoke', ids)
    expect(own.map((one) => !one.isDone && [one.email, one.code])).toEqual(ids.map(() => [null, 'invitations.unknown']))
  })
})

it('what happened to one is told to whoever looks after it, by name', async () => {
  const [id = ''] = await invited(eve, ['f@many.example'])
  setClockForTests(minutes(2))
  await changeMany(world.own, owner, 'resend', [id])
  await revoke(world.own, eve, id)
  const told = await history(world.own, eve, id)
  expect(told.map(({ what, by }) => [what, by.name])).toEqual([
    ['revoked', 'Eve Brunner'],
    ['sent_again', 'Ada Keller'],
    ['sent', 'Eve Brunner'],
  ])
})

it('domains that are proven are named to whoever invites', async () => {
  expect(await provenDomains(world.own, eve)).toEqual({ domains: [], isBound: false })
  const proof = await withPlatform(async (tx) => {
    await addDomain(tx, systemActor, world.own, 'own.example', null)
    await addDomain(tx, systemActor, world.own, 'unproven.example', null)
    return (await listDomains(tx, systemActor, world.own)).find(({ domain }) => domain === 'own.example')?.proof
  })
  const evidence = [{ resolver: 'x', values: [`livery-verification=${proof}`], error: null }]
  await withPlatform((tx) => recordDomain(tx, systemActor, world.own, 'own.example', evidence))
  expect(await provenDomains(world.own, eve)).toEqual({ domains: ['own.example'], isBound: false })
})

it('nobody else counts, finds, changes or reads them', async () => {
  const auditor = await acting(world.own, await member({ home: world.own, role: 'auditor' }))
  const [id = ''] = await invited(eve, ['g@many.example'])
  for (const [by, code] of [
    [auditor, 'authority.denied'],
    [stranger, 'authority.unknown'],
  ] as const) {
    await expect(async () => counts(world.own, by)).rejects.toThrow(code)
    await expect(findAll(world.own, by, [id])).rejects.toThrow(code)
    await expect(changeMany(world.own, by, 'revoke', [id])).rejects.toThrow(code)
    await expect(history(world.own, by, id)).rejects.toThrow(code)
    await expect(provenDomains(world.own, by)).rejects.toThrow(code)
  }
})
