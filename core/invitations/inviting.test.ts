import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { addDomain, domainOwner, listDomains, recordDomain, update } from '#core/organizations'
import { days, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type Mail, mails, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import type { InviteResult, NewInvitations } from './contract.ts'
import { domainAttribute, find, invite, list } from './index.ts'

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

const trail = () =>
  withOrganization(world.own, (tx) =>
    tx.sql
      .withTables<{ audit_details: { details: unknown } }>()
      .selectFrom('audit_details')
      .select('details')
      .execute(),
  )

describe('inviting', () => {
  it('asks each address once, and says of each what became of it', async () => {
    await member({ home: world.own, email: 'member@own.example' })
    await member({ home: world.root, at: world.own, email: 'central@skyway.example' })
    const results = await asking([
      'New@Own.example',
      ' new@own.example ',
      'member@own.example',
      'central@skyway.example',
      'nonsense',
      'a@b.example,c@d.example',
      '"x@evil.test x"@own.example',
      'b＠own.example',
      'other@own.example',
    ])
    expect(results.map(({ email }) => email)).toEqual([
      'new@own.example',
      'member@own.example',
      'central@skyway.example',
      'nonsense',
      'a@b.example,c@d.example',
      '"x@evil.test x"@own.example',
      'b＠own.example',
      'other@own.example',
    ])
    expect(resultsOf(results)).toEqual([
      'invited',
      'already-member',
      'already-member',
      'invalid email.invalid',
      'invalid email.invalid',
      'invalid email.invalid',
      'invalid email.invalid',
      'invited',
    ])
    expect(await mailsTo('new@own.example')).toHaveLength(1)
  })

  it('says in the mail who asks, as what, and until when; the secret travels sealed', async () => {
    const id = await one('told@own.example', {
      kind: 'staff',
      roles: [{ role: 'people-manager' }],
      message: 'Welcome!',
      lifetimeDays: 3,
      locale: 'de',
    })
    const rows = await withPlatform((tx) =>
      tx.sql
        .withTables<{ outbox: { id: string; payload: Record<string, unknown>; event: string; expires_at: Date } }>()
        .selectFrom('outbox')
        .selectAll()
        .where('event', '=', 'email.invitation')
        .orderBy('id', 'desc')
        .limit(1)
        .execute(),
    )
    const { payload } = rows[0] ?? {}
    expect(payload).toMatchObject({
      to: { email: 'told@own.example' },
      organizationId: world.own,
      locale: 'de',
      data: {
        inviter: 'Eve Brunner',
        kind: 'staff',
        roles: [{ key: 'people-manager', name: null }],
        message: 'Welcome!',
      },
    })
    const [mail] = await mailsTo('told@own.example')
    const seen = [await find(world.own, owner, id), await list(world.own, owner), rows, await trail()]
    expect(mail?.ticket).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(seen)).not.toContain(mail?.ticket)
  })

  it('five hundred addresses at once are asked, and more are refused', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `crowd${index}@many.example`)
    expect(new Set(resultsOf(await asking(many(500))))).toEqual(new Set(['invited']))
    await expect(asking(many(501))).rejects.toThrow('invitations.invalid')
  }, 30_000)

  it.each([
    [{ message: 'x'.repeat(501) }, 'invitations.invalid'],
    [{ message: 'see https://evil.test' }, 'invitations.message_has_link'],
    [{ lifetimeDays: 0 }, 'invitations.invalid'],
    [{ lifetimeDays: 31 }, 'invitations.invalid'],
    [{ kind: 'owner' }, 'invitations.invalid'],
    [{ redirect: 'https://evil.test' }, 'invitations.invalid'],
    [{ locale: 'xx' }, 'locale.invalid'],
    [{ roles: [{ role: 'nobody' }] }, 'access.role_unknown'],
    [{ groups: ['grp_nobody'] }, 'access.group_unknown'],
  ])('refuses %j', async (more, code) => {
    await expect(asking(['refused@own.example'], more as Omit<NewInvitations, 'emails'>, owner)).rejects.toThrow(code)
    expect(await mailsTo('refused@own.example')).toEqual([])
  })

  it('is bounded by day, organization by organization', async () => {
    const lead = await acting(world.closed, await member({ home: world.closed, role: 'people-manager' }))
    await withOrganization(world.closed, (tx) =>
      tx.sql
        .withTables<{ invitations: Record<string, unknown> }>()
        .insertInto('invitations')
        .values(
          Array.from({ length: 1999 }, (_, index) => ({
            org_id: world.closed,
            id: `inv_filler${index}`,
            email: `filler${index}@many.example`,
            kind: 'staff',
            inviter_kind: 'system',
            status: 'revoked',
            created_at: new Date(),
            lifetime_days: 7,
            expires_at: new Date(),
            last_sent_at: new Date(),
          })) as never,
        )
        .execute(),
    )
    const results = await invite(world.closed, lead, { emails: ['last@closed.example', 'over@closed.example'] })
    expect(resultsOf(results)).toEqual(['invited', 'refused invitations.too_many'])
    setClockForTests(days(1) + 1000)
    expect(resultsOf(await invite(world.closed, lead, { emails: ['over@closed.example'] }))).toEqual(['invited'])
  })

  it('may be bound to the organization’s own domains', async () => {
    const lead = await acting(world.strict, await member({ home: world.strict, role: 'people-manager' }))
    await withPlatform((tx) => update(tx, systemActor, world.strict, { attributes: { [domainAttribute]: 'proven' } }))
    const { loadDirectory } = await import('#core/organizations')
    await loadDirectory()
    await withPlatform(async (tx) => {
      await addDomain(tx, systemActor, world.strict, 'strict-bank.test', null)
      await addDomain(tx, systemActor, world.strict, 'unproven.test', null)
      const known = await listDomains(tx, systemActor, world.strict)
      const proof = known.find(({ domain }) => domain === 'strict-bank.test')?.proof
      const values = [`livery-verification=${proof}`]
      await recordDomain(tx, systemActor, world.strict, 'strict-bank.test', [{ resolver: 'test', values, error: null }])
      expect(await domainOwner(tx, 'strict-bank.test')).not.toBeNull()
    })
    const emails = ['a@strict-bank.test', 'a@unproven.test', 'a@evil-strict-bank.test', 'a@x.strict-bank.test']
    expect(resultsOf(await invite(world.strict, lead, { emails }))).toEqual([
      'invited',
      ...Array(3).fill('refused invitations.domain_not_allowed'),
    ])
  })
})
