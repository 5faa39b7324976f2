import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { takeBackAll } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { inviteBusiness } from '#core/onboarding'
import { directory } from '#core/organizations'
import { days, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, newestMail, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import { enterMade, letBusinessesIn, newBusiness } from '#support/starting'
import { lookAtStart, start, verify } from './index.ts'

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
afterEach(() => setClockForTests(0))

describe('where businesses come in by invitation', () => {
  const invited = async (email: string, by = boss) => {
    await inviteBusiness(world.own, by, { email, message: 'Welcome' })
    const mail = await newestMail('business-invitation')
    expect(mail.to).toEqual({ email })
    return mail.ticket
  }

  it('nobody begins without a link, and whoever has one needs no second mail for the address it was sent to', async () => {
    await letBusinessesIn(world.own, 'invitation')
    const ctx = at(world.own)
    expect(await lookAtStart(ctx, null, null)).toMatchObject({ state: 'invitation-only' })
    expect(await start(ctx, null, null, newBusiness())).toEqual({ next: '/start' })
    expect(await start(ctx, null, 'made-up', newBusiness())).toEqual({ next: '/start' })
    const link = await invited('founder@harbour.example')
    for (let looks = 0; looks < 3; looks += 1) {
      expect(await lookAtStart(ctx, null, link)).toMatchObject({
        state: 'form',
        invitation: { email: 'founder@harbour.example', inviter: 'Olga Boss', message: 'Welcome' },
      })
    }
    const answer = newBusiness({ email: 'founder@harbour.example' })
    const outcome = await start(ctx, null, link, answer)
    expect(outcome.at).toBe(directory().byHandle(answer.handle)?.id)
    await enterMade(ctx, outcome)
    expect(await lookAtStart(ctx, null, link)).toMatchObject({ state: 'used' })
    expect(await start(ctx, null, link, newBusiness())).toEqual({ next: '/start' })
  })

  it('another address than the invited one is proven first, and the link starts one organization', async () => {
    await letBusinessesIn(world.own, 'invitation')
    const link = await invited('sales@harbour.example')
    const [one, two] = [at(world.own), at(world.own)]
    const first = await start(one, null, link, newBusiness())
    const firstMail = await newestMail('verify-email')
    const second = await start(two, null, link, newBusiness())
    const secondMail = await newestMail('verify-email')
    expect([first.next, second.next]).toEqual(['/verify', '/verify'])
    expect((await verify(one, first.attempt ?? null, { answer: { code: firstMail.code } })).at).toBeDefined()
    const late = await verify(two, second.attempt ?? null, { answer: { code: secondMail.code } })
    expect(late).toMatchObject({ next: '/start', attempt: null })
    expect(late.at).toBeUndefined()
  })

  it('a link needs no approval where others do, and is worth nothing where nobody is let in', async () => {
    await letBusinessesIn(world.own, 'approval')
    const link = await invited('partner@harbour.example')
    const answer = newBusiness({ email: 'partner@harbour.example' })
    await letBusinessesIn(world.own, 'closed')
    expect(await start(at(world.own), null, link, answer)).toEqual({ next: '/start' })
    await letBusinessesIn(world.own, 'approval')
    expect((await start(at(world.own), null, link, answer)).at).toBeDefined()
  })

  it('a link is over after its time, and once whoever sent it has lost the right', async () => {
    await letBusinessesIn(world.own, 'invitation')
    const lead = await member({ home: world.own, role: 'administrator', givenName: 'Lea', familyName: 'Lead' })
    const link = await invited('late@harbour.example', await acting(world.own, lead))
    await withOrganization(world.own, (tx) =>
      takeBackAll(tx, systemActor, { kind: 'person', homeId: world.own, id: lead.id }),
    )
    expect(await lookAtStart(at(world.own), null, link)).toMatchObject({ state: 'revoked' })
    expect(await start(at(world.own), null, link, newBusiness())).toEqual({ next: '/start' })
    const other = await invited('later@harbour.example')
    setClockForTests(days(7) + 1000)
    expect(await lookAtStart(at(world.own), null, other)).toMatchObject({ state: 'expired' })
  })

  it('links are sent by whoever may create organizations, with plain words, and not without end', async () => {
    const manager = await acting(world.own, await member({ home: world.own, role: 'people-manager' }))
    const ask = (more: object, by = boss) => inviteBusiness(world.own, by, { email: 'x@harbour.example', ...more })
    await expect(ask({}, manager)).rejects.toThrow('authority.denied')
    await expect(ask({ message: 'See www.evil.test' })).rejects.toThrow('invitations.message_has_link')
    await expect(ask({ email: 'nobody' })).rejects.toThrow('email.invalid')
    for (let turn = 0; turn < 5; turn += 1) await ask({})
    await expect(ask({})).rejects.toThrow('onboarding.invited_too_often')
  })
})
