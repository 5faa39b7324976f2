import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { approve, decline, listRequests } from '#core/onboarding'
import { create, directory, loadDirectory } from '#core/organizations'
import { findByEmail } from '#core/people'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, enter, newestMail, password, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import { beginStart, countOrganizations, letBusinessesIn, startFailureOf } from '#support/starting'
import { lookAtStart, signIn, verify } from './index.ts'

freshDatabase()
let world: World
let boss: Actor
beforeAll(async () => {
  world = await buildWorld()
  boss = await acting(
    world.own,
    await member({ home: world.own, role: 'owner', reach: 'subtree', givenName: 'Olga', familyName: 'Boss' }),
  )
}, 60_000)

describe('where somebody has to agree', () => {
  const asked = async (more: Record<string, string> = {}) => {
    await letBusinessesIn(world.own, 'approval')
    const begun = await beginStart(world.own, more)
    const { ctx, secret, mail } = begun
    expect(await verify(ctx, secret, { answer: { code: mail.code } })).toEqual({ next: '/start', link: null })
    expect(directory().byHandle(begun.answer.handle)).toBeUndefined()
    const { requests } = await withOrganization(world.own, (tx) => listRequests(tx, boss, { status: 'waiting' }))
    const request = requests.find(({ email }) => email === begun.answer.email)
    return { ...begun, id: request?.id ?? '', request }
  }

  it('a proven business waits, is let in by whoever may create organizations, and is told', async () => {
    const { ctx, secret, answer, id, request } = await asked()
    expect(request).toMatchObject({ name: answer.name, handle: answer.handle, givenName: 'Noa', status: 'waiting' })
    expect(JSON.stringify(request)).not.toMatch(/argon|password/i)
    expect(await lookAtStart(ctx, secret, null)).toMatchObject({ state: 'waiting', name: answer.name })
    const approved = await approve(world.own, boss, id)
    const made = directory().byHandle(answer.handle)
    expect(approved).toMatchObject({ status: 'approved', organizationId: made?.id })
    const owner = await withOrganization(made?.id ?? '', (tx) => findByEmail(tx, answer.email))
    expect((await newestMail('business-approved')).to).toEqual({ home: made?.id, person: owner?.id })
    await enter(at(made?.id ?? ''), await signIn(at(made?.id ?? ''), null, { username: answer.email, password }))
    await expect(approve(world.own, boss, id)).rejects.toThrow('onboarding.not_waiting')
  })

  it('or is turned away, once, and hears it without the reason', async () => {
    const { answer, id } = await asked()
    const declined = await withOrganization(world.own, (tx) => decline(tx, boss, id, 'Nobody knows them'))
    expect(declined).toMatchObject({ status: 'declined', organizationId: null })
    expect((await newestMail('business-declined')).to).toEqual({ email: answer.email, name: 'Noa' })
    expect(directory().byHandle(answer.handle)).toBeUndefined()
    await expect(approve(world.own, boss, id)).rejects.toThrow('onboarding.not_waiting')
  })

  it('the name that one waits for is not given to another who asks, and whoever approves may give a second one', async () => {
    const { answer, id } = await asked()
    // Before the proof nothing is said, to whoever waits as little as to anybody else.
    await beginStart(world.own, { handle: answer.handle, email: answer.email })
    const other = await beginStart(world.own, { handle: answer.handle })
    await verify(other.ctx, other.secret, { answer: { code: other.mail.code } })
    expect(await startFailureOf(other.ctx, other.secret)).toEqual({
      code: 'organizations.handle_taken',
      field: 'handle',
    })
    expect(await lookAtStart(other.ctx, other.secret, null)).toMatchObject({ state: 'handle' })
    await withPlatform((tx) =>
      create(tx, systemActor, { parentId: world.root, handle: answer.handle, name: 'Quicker' }),
    )
    await loadDirectory()
    await expect(approve(world.own, boss, id)).rejects.toThrow('organizations.handle_taken')
    const approved = await approve(world.own, boss, id, { handle: `${answer.handle}-b` })
    expect(approved).toMatchObject({ handle: `${answer.handle}-b`, status: 'approved' })
  })

  it('of two who approve at the same moment one makes it, and of two that ask for a name one waits', async () => {
    const { id } = await asked()
    const before = countOrganizations()
    const results = await Promise.allSettled([approve(world.own, boss, id), approve(world.own, boss, id)])
    await loadDirectory()
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(countOrganizations()).toBe(before + 1)
    const [one, two] = [
      await beginStart(world.own, { handle: 'jetty' }),
      await beginStart(world.own, { handle: 'jetty' }),
    ]
    await Promise.all([one, two].map(({ ctx, secret, mail }) => verify(ctx, secret, { answer: { code: mail.code } })))
    const failures = await Promise.all([one, two].map(({ ctx, secret }) => startFailureOf(ctx, secret)))
    expect(failures.filter((failure) => failure?.code === 'organizations.handle_taken')).toHaveLength(1)
  })

  it('a mailbox that asks again asks in the place of before', async () => {
    const { answer } = await asked()
    const { answer: again } = await asked({ email: answer.email, name: 'Second Thoughts' })
    const { requests } = await withOrganization(world.own, (tx) => listRequests(tx, boss, { status: 'waiting' }))
    const own = requests.filter(({ email }) => email === answer.email)
    expect(own).toMatchObject([{ name: 'Second Thoughts', handle: again.handle }])
  })

  it('nobody sees or decides a request who may not create organizations there', async () => {
    const { id } = await asked()
    const manager = await acting(world.own, await member({ home: world.own, role: 'people-manager' }))
    const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner' }))
    for (const [by, code] of [
      [manager, 'authority.denied'],
      [stranger, 'authority.unknown'],
    ] as const) {
      await expect(approve(world.own, by, id)).rejects.toThrow(code)
      await expect(withOrganization(world.own, (tx) => decline(tx, by, id))).rejects.toThrow(code)
      await expect(withOrganization(world.own, (tx) => listRequests(tx, by))).rejects.toThrow(code)
    }
  })
})
