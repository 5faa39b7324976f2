import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addToGroup, createGroup, createRole, give, removeRole } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { dead } from '#core/outbox'
import { findMembership } from '#core/people'
import { days, hours, minutes, seconds, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { freshDatabase } from '#support/database'
import { buildWorld, type Mail, mails, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import type { InviteResult, NewInvitations } from './contract.ts'
import { accept, find, invite, list, open, prepare, resend, revoke } from './index.ts'

freshDatabase()
let world: World
let owner: Actor
let eve: Actor
beforeAll(async () => {
  world = await buildWorld()
  const boss = await member({ home: world.own, role: 'owner', reach: 'subtree', givenName: 'Olga', familyName: 'Boss' })
  owner = await acting(world.own, boss)
  eve = await acting(
    world.own,
    await member({ home: world.own, role: 'people-manager', givenName: 'Eve', familyName: 'Brunner' }),
  )
}, 60_000)
afterEach(() => setClockForTests(0))

const asking = (emails: string[], more: Omit<NewInvitations, 'emails'> = {}, by = eve) =>
  invite(world.own, by, { emails, ...more })
const resultsOf = (results: InviteResult[]) => results.map(({ result, code }) => (code ? `${result} ${code}` : result))
const one = async (email: string, more: Omit<NewInvitations, 'emails'> = {}, by = eve): Promise<string> => {
  const [asked] = await asking([email], more, by)
  expect(asked).toMatchObject({ email, result: 'invited' })
  return asked?.invitationId ?? ''
}
const mailsTo = async (email: string): Promise<Mail[]> =>
  (await mails()).filter(({ template, to }) => template === 'invitation' && to.email === email)

describe('nobody', () => {
  it('invites to what they could not give', async () => {
    const [bosses, ruled] = await withOrganization(world.own, async (tx) => {
      const made = await createGroup(tx, systemActor, { name: 'Bosses' })
      const rule = { attribute: 'email_domain', operator: 'is', value: 'boss.example' } as const
      const byRule = await createGroup(tx, systemActor, { name: 'By domain', rule })
      for (const { id } of [made, byRule]) {
        await give(tx, systemActor, { kind: 'group', homeId: world.own, id }, { role: 'administrator' })
      }
      return [made.id, byRule.id]
    })
    const pawn = ['pawn@own.example']
    for (const role of ['owner', 'administrator', 'auditor']) {
      await expect(asking(pawn, { roles: [{ role }] })).rejects.toThrow('authority.exceeds_own')
    }
    await expect(asking(pawn, { roles: [{ role: 'people-manager', reach: 'subtree' }] })).rejects.toThrow(
      'authority.exceeds_own',
    )
    await expect(asking(pawn, { groups: [bosses ?? ''] })).rejects.toThrow('authority.exceeds_own')
    await expect(asking(pawn, { groups: [ruled ?? ''] }, owner)).rejects.toThrow('access.group_has_rule')
    expect(resultsOf(await asking(['pawn@boss.example', ...pawn]))).toEqual([
      'refused authority.exceeds_own',
      'invited',
    ])
  })

  it('looks after invitations without the right to, nor those of others', async () => {
    const id = await one('guarded@own.example')
    const auditor = await acting(world.own, await member({ home: world.own, role: 'auditor' }))
    const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
    const acts = (by: Actor, at = world.own) => [
      () => invite(at, by, { emails: ['x@own.example'] }),
      () => list(at, by),
      () => find(at, by, id),
      () => resend(at, by, id),
      () => revoke(at, by, id),
    ]
    for (const act of acts(auditor)) await expect(act()).rejects.toThrow('authority.denied')
    for (const act of acts(stranger)) await expect(act()).rejects.toThrow('authority.unknown')
    for (const act of acts(stranger, world.mixed).slice(2)) await expect(act()).rejects.toThrow('invitations.unknown')
  })

  it('changes or takes back what somebody with more rights has asked for', async () => {
    const id = await one('higher@own.example', { roles: [{ role: 'administrator' }] }, owner)
    setClockForTests(minutes(2))
    await expect(resend(world.own, eve, id)).rejects.toThrow('authority.exceeds_own')
    await expect(revoke(world.own, eve, id)).rejects.toThrow('authority.exceeds_own')
    expect(resultsOf(await asking(['higher@own.example']))).toEqual(['refused authority.exceeds_own'])
    expect(await find(world.own, eve, id)).toMatchObject({ state: 'pending', roles: [{ role: 'administrator' }] })
  })
})

describe('an invitation', () => {
  it('that is sent again keeps its earlier links, and is what was last wished', async () => {
    const id = await one('again@own.example', { lifetimeDays: 2 })
    const [first] = await mailsTo('again@own.example')
    expect(resultsOf(await asking(['again@own.example']))).toEqual(['refused invitations.sent_just_now'])
    await expect(resend(world.own, eve, id)).rejects.toThrow('invitations.sent_just_now')
    setClockForTests(days(1))
    expect(await resend(world.own, eve, id)).toMatchObject({ sends: 2, state: 'pending' })
    const [second] = await mailsTo('again@own.example')
    expect(second?.ticket).not.toBe(first?.ticket)
    // Past the first end, within the second.
    setClockForTests(days(2) + hours(12))
    for (const mail of [first, second]) {
      expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'pending', inviterName: 'Eve Brunner' })
    }
    const [changed] = await asking(['again@own.example'], { kind: 'consumer', message: 'Please come' }, owner)
    expect(changed).toMatchObject({ result: 'resent', invitationId: id })
    const opened = await open(world.own, first?.ticket ?? '')
    expect(opened).toMatchObject({ inviterName: 'Olga Boss', invitation: { kind: 'consumer', message: 'Please come' } })
  })

  it('is over by the second, and may be renewed after', async () => {
    const id = await one('over@own.example', { lifetimeDays: 1 })
    const [mail] = await mailsTo('over@own.example')
    setClockForTests(days(1) - seconds(5))
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'pending' })
    setClockForTests(days(1) + seconds(1))
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'expired' })
    expect(await find(world.own, eve, id)).toMatchObject({ state: 'expired' })
    expect((await list(world.own, eve, { state: 'expired', search: 'over@' })).invitations).toHaveLength(1)
    expect(resultsOf(await asking(['over@own.example']))).toEqual(['resent'])
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'pending' })
  })

  it('is not sent to anybody without end', async () => {
    const id = await one('often@own.example', { lifetimeDays: 30 })
    for (let turn = 1; turn < 10; turn += 1) {
      setClockForTests(turn * minutes(2))
      await resend(world.own, eve, id)
    }
    setClockForTests(minutes(60))
    await expect(resend(world.own, eve, id)).rejects.toThrow('invitations.sent_too_often')
    expect(await mailsTo('often@own.example')).toHaveLength(10)
  })

  it('that is taken back is worth nothing, and the address may be asked anew', async () => {
    const id = await one('back@own.example')
    const [mail] = await mailsTo('back@own.example')
    await revoke(world.own, eve, id)
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'revoked' })
    await expect(revoke(world.own, eve, id)).rejects.toThrow('invitations.not_pending')
    await expect(resend(world.own, eve, id)).rejects.toThrow('invitations.not_pending')
    await one('back@own.example')
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'revoked' })
  })

  it('whose role is gone may still be taken back', async () => {
    const role = await withOrganization(world.own, (tx) =>
      createRole(tx, systemActor, { key: 'desk', name: 'Desk', permissions: ['people.read'] }),
    )
    const id = await one('desk@own.example', { roles: [{ role: role.id }] })
    const [mail] = await mailsTo('desk@own.example')
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ roles: [{ key: null, name: 'Desk' }] })
    await withOrganization(world.own, (tx) => removeRole(tx, systemActor, role.id))
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'revoked' })
    await revoke(world.own, eve, id)
  })

  it('shows what became of its mail', async () => {
    const id = await one('bounce@own.example')
    expect(await find(world.own, eve, id)).toMatchObject({ delivery: { status: 'waiting', attempts: 0 } })
    const [mail] = await mailsTo('bounce@own.example')
    await withPlatform((tx) =>
      tx.sql
        .withTables<{ outbox: { id: string; status: string } }>()
        .updateTable('outbox')
        .set({ status: 'claimed' })
        .where('id', '=', mail?.id ?? '')
        .execute(),
    )
    await dead(mail?.id ?? '', '550 no such mailbox')
    expect(await find(world.own, eve, id)).toMatchObject({ delivery: { status: 'dead', error: '550 no such mailbox' } })
  })

  it('is found in pages, the newest first', async () => {
    const emails = Array.from({ length: 25 }, (_, index) => `crowd${index}@many.example`)
    expect(new Set(resultsOf(await asking(emails)))).toEqual(new Set(['invited']))
    const ids: string[] = []
    let after: { at: string; id: string } | null = null
    do {
      const page = await list(world.own, eve, { limit: 10, after })
      ids.push(...page.invitations.map(({ id }) => id))
      after = page.next
    } while (after)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(30)
    expect(ids).toEqual([...ids].sort().reverse())
    expect((await list(world.own, eve, { search: 'CROWD2' })).invitations.map(({ email }) => email)).toHaveLength(6)
    expect(
      (await list(world.own, eve, { state: 'revoked' })).invitations.every(({ state }) => state === 'revoked'),
    ).toBe(true)
  })

  it('opens nothing when it was made up, is another ticket, or comes to another organization', async () => {
    await one('elsewhere@own.example')
    const [mail] = await mailsTo('elsewhere@own.example')
    for (const at of [world.root, world.mixed, world.strict]) expect(await open(at, mail?.ticket ?? '')).toBeNull()
    for (const made of [
      '',
      'x',
      `${mail?.ticket}x`,
      mail?.ticket.slice(1) ?? '',
      mail?.ticket.toLowerCase() ?? '',
      mail?.code ?? '',
    ]) {
      expect(await open(world.own, made), made).toBeNull()
    }
  })

  it('ends with the right of whoever stands for it, and with them', async () => {
    const lead = await member({ home: world.own, role: 'people-manager', givenName: 'Lead' })
    await one('orphan@own.example', {}, await acting(world.own, lead))
    const [mail] = await mailsTo('orphan@own.example')
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'pending' })
    const { suspend, resume } = await import('#core/roster')
    await suspend(world.own, owner, lead.id)
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'revoked' })
    await resume(world.own, owner, lead.id)
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'pending' })
    await withOrganization(world.own, async (tx) => {
      const group = await createGroup(tx, systemActor, { name: 'Unrelated' })
      await addToGroup(tx, systemActor, group.id, lead.ref)
      await tx.sql
        .withTables<{ grants: { subject_id: string } }>()
        .deleteFrom('grants')
        .where('subject_id', '=', lead.id)
        .execute()
    })
    expect(await open(world.own, mail?.ticket ?? '')).toMatchObject({ state: 'revoked' })
  })
})

describe('an acceptance under way', () => {
  it.each([
    ['expired', 'invitation.expired', () => setClockForTests(days(8))],
    ['was taken back', 'invitation.revoked', (id: string) => revoke(world.own, owner, id)],
  ] as const)('finds that the invitation %s in the meantime', async (_, code, happens) => {
    const email = `${code.replace('.', '-')}@own.example`
    const id = await one(email)
    const [mail] = await mailsTo(email)
    const opened = await open(world.own, mail?.ticket ?? '')
    const acceptance = await prepare(opened?.invitation ?? fail('invitations.unknown'))
    const person = await member({ home: world.root, email })
    await happens(id)
    const accepting = withOrganization(world.own, (tx) => accept(tx, acceptance, systemActor, person))
    await expect(accepting).rejects.toThrow(code)
    expect(await withOrganization(world.own, (tx) => findMembership(tx, person.ref))).toBeNull()
  })

  it('gives nothing that its inviter could not give when it was prepared', async () => {
    await one('widened@own.example')
    const [mail] = await mailsTo('widened@own.example')
    const opened = await open(world.own, mail?.ticket ?? '')
    const { invitation, inviter } = await prepare(opened?.invitation ?? fail('invitations.unknown'))
    const person = await member({ home: world.root, email: 'widened@own.example' })
    const wider = { inviter, invitation: { ...invitation, roles: [{ role: 'owner', reach: 'subtree' as const }] } }
    await expect(withOrganization(world.own, (tx) => accept(tx, wider, systemActor, person))).rejects.toThrow(
      'invitation.revoked',
    )
  })
})
