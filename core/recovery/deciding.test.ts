import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { give } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { setStatus } from '#core/people'
import { setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, type World } from '#support/engine'
import { codeFor, lost, mailTo } from '#support/recovering'
import { acting, member, trailOf } from '#support/staff'
import { approve, ask, decline, list, look, waiting } from './index.ts'

freshDatabase()
let world: World
let eve: Actor
beforeAll(async () => {
  world = await buildWorld()
  eve = await acting(world.own, await member({ home: world.own, role: 'people-manager', givenName: 'Eve' }))
}, 60_000)
afterEach(() => setClockForTests(0))

const asked = async (home = world.own, met = home) => {
  const ada = await lost(home, home === met ? {} : { memberOf: met })
  const { request } = await ask(at(met), ada.ref, { reason: 'Lost it' })
  return { ada, id: request.id }
}
const why = { reason: 'Called them' }
const both: [string, typeof approve][] = [
  ['approves', approve],
  ['declines', decline],
]

describe('whoever may reset second steps', () => {
  it('approves, which says from when on, and is told to whoever asked with another link that ends it', async () => {
    const { ada, id } = await asked()
    const approved = await approve(world.own, eve, id, why)
    expect(approved.status).toBe('approved')
    const wait = (approved.readyAt?.getTime() ?? 0) - (approved.decidedAt?.getTime() ?? 0)
    expect(Math.round(wait / 3_600_000)).toBe(24)
    expect((await mailTo('recovery-approved', ada.id))?.ticket).toMatch(/^[\w-]{43}$/)
    expect((await trailOf(world.own, ada.id)).at(-1)).toMatchObject({
      action: 'recovery.approved',
      by: eve.personId,
      details: { reason: 'Called them' },
    })
    expect(await look(world.own, eve, id)).toMatchObject({ decidedByName: 'Eve Keller', note: 'Called them' })
  })

  it('declines, which is told without the reason', async () => {
    const { ada, id } = await asked()
    const before = await waiting(world.own, eve)
    expect((await decline(world.own, eve, id, { reason: 'Did not know her birthday' })).status).toBe('declined')
    expect(await waiting(world.own, eve)).toBe(before - 1)
    expect(await mailTo('recovery-declined', ada.id)).toBeDefined()
    expect((await ask(at(world.own), ada.ref, { reason: 'Please' })).isNew).toBe(true)
  })

  it('decides once, whoever else does at the same moment', async () => {
    const { id } = await asked()
    const acts = Array.from({ length: 10 }, (_, index) => (index % 2 ? approve : decline)(world.own, eve, id, why))
    const codes = await Promise.all(acts.map(codeFor))
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set([null, 'recovery.not_waiting']))
    expect(await codeFor(approve(world.own, eve, id, why))).toBe('recovery.not_waiting')
  })

  it.each(both)('%s with a reason', async (_, decide) => {
    const { id } = await asked()
    for (const reason of ['', 'x'.repeat(501), '<i>']) {
      expect(await codeFor(decide(world.own, eve, id, { reason }))).toBe('recovery.invalid')
    }
  })
})

describe('nobody', () => {
  it.each(both)('%s about themselves', async (_, decide) => {
    const manager = await member({ home: world.own, role: 'people-manager' })
    const { request } = await ask(at(world.own), manager.ref, { reason: 'Mine' })
    const by = await acting(world.own, manager)
    expect(await codeFor(decide(world.own, by, request.id, why))).toBe('recovery.own_request')
    expect((await look(world.own, by, request.id)).canDecide).toBe(false)
  })

  it.each(both)('%s about somebody who holds more, here or elsewhere', async (_, decide) => {
    const boss = await member({ home: world.own, role: 'owner' })
    const { request } = await ask(at(world.own), boss.ref, { reason: 'Mine' })
    expect(await codeFor(decide(world.own, eve, request.id, why))).toBe('authority.exceeds_own')
    expect((await look(world.own, eve, request.id)).canDecide).toBe(false)
    const elsewhere = await asked(world.root, world.mixed)
    const subject = { kind: 'person' as const, homeId: world.root, id: elsewhere.ada.id }
    await withOrganization(world.mixed, (tx) => give(tx, systemActor, subject, { role: 'owner' }))
    const manager = await acting(world.root, await member({ home: world.root, role: 'people-manager' }))
    expect(await codeFor(decide(world.root, manager, elsewhere.id, why))).toMatch(/^authority\./)
  })

  it.each(both)('%s without the right, or from beside', async (_, decide) => {
    const { id } = await asked()
    const auditor = await acting(world.own, await member({ home: world.own, role: 'auditor' }))
    expect(await codeFor(decide(world.own, auditor, id, why))).toBe('authority.denied')
    const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
    expect(await codeFor(decide(world.own, stranger, id, why))).toBe('authority.unknown')
    expect(await codeFor(decide(world.mixed, stranger, id, why))).toBe('recovery.unknown')
    expect(await codeFor(list(world.own, auditor))).toBe('authority.denied')
    expect(await codeFor(look(world.mixed, stranger, id))).toBe('recovery.unknown')
  })

  it('decides where somebody was met, but at their home', async () => {
    const { ada, id } = await asked(world.root, world.mixed)
    const met = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
    expect((await list(world.mixed, met)).requests).toEqual([])
    expect(await codeFor(approve(world.mixed, met, id, why))).toBe('recovery.unknown')
    const owner = await acting(world.root, await member({ home: world.root, role: 'owner', reach: 'subtree' }))
    await approve(world.root, owner, id, why)
    expect(await mailTo('recovery-approved', ada.id)).toBeDefined()
  })

  it('lets in somebody who is suspended by now', async () => {
    const { ada, id } = await asked()
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, ada.id, 'suspended'))
    expect(await codeFor(approve(world.own, eve, id, why))).toBe('recovery.not_active')
    expect(await codeFor(decline(world.own, eve, id, why))).toBeNull()
  })
})

it('a list goes on where it ended', async () => {
  for (let time = 0; time < 3; time += 1) await asked(world.strict)
  const owner = await acting(world.strict, await member({ home: world.strict, role: 'owner' }))
  const first = await list(world.strict, owner, { limit: 2 })
  const rest = await list(world.strict, owner, { limit: 2, after: first.next })
  expect([first.requests.length, rest.requests.length, rest.next]).toEqual([2, 1, null])
  expect(new Set([...first.requests, ...rest.requests].map(({ id }) => id)).size).toBe(3)
})
