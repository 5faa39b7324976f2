import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { personActor } from '#core/access'
import { may } from '#core/authority'
import { recover, reset, signIn } from '#core/login'
import { directory, loadDirectory } from '#core/organizations'
import { findByEmail } from '#core/people'
import { authenticate } from '#core/tokens'
import { minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, mails, newestMail, password } from '#support/engine'
import { UsageError } from './command.ts'
import { readAsked } from './commands.ts'
import { refusalOf } from './refusal.ts'

freshDatabase()
beforeAll(() => loadDirectory())

type Data = Record<string, never> & { error?: string }

/** Runs a command as the toolkit does, without the process around it. */
const livery = async (typed: string) => {
  const asked = readAsked(
    [...typed.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
    false,
  )
  if ('help' in asked) throw new Error('help was answered')
  const { isWell, text, data } = await asked.work().catch(refusalOf)
  await loadDirectory()
  // As a program reads it.
  return { isWell, text, data: JSON.parse(JSON.stringify(data)) as Data }
}
const refused = async (typed: string) => {
  const { isWell, data, text } = await livery(typed)
  expect(isWell).toBe(false)
  expect(text).toContain(data.error)
  expect(text).not.toContain('\n')
  return data.error
}

const idOf = (handle: string) => directory().byHandle(handle)?.id ?? ''
const actor = async (handle: string, email: string) => {
  const homes = directory().homes(idOf(handle))
  for (const homeId of homes) {
    const person = await withOrganization(homeId, (tx) => findByEmail(tx, email))
    if (person) return personActor(idOf(handle), { homeId, personId: person.id }, {})
  }
  throw new Error(`nobody is called ${email}`)
}
const chain = (handle: string) => directory().byHandle(handle)?.ancestors ?? []

describe('the first organization', () => {
  it('is missed in words', async () => {
    expect((await livery('org list')).text).toContain('org create')
    expect(await refused('org show acme')).toBe('organizations.not_found')
  })

  it('is not made when its owner cannot be', async () => {
    const make = 'org create acme --name "Acme Group" --owner'
    expect(await refused(`${make} nobody`)).toBe('email.invalid')
    expect(await refused(`${make} olga@acme.example`)).toBe('name.required')
    expect(await refused(`${make} olga@acme.example --given-name www.evil.example --family-name x`)).toBe(
      'name.invalid',
    )
    expect(directory().all()).toEqual([])
  })

  it('is the root, and its owner chooses a password by mail', async () => {
    const { isWell, data, text } = await livery(
      'org create acme --name "Acme Group" --locales en,de --owner Olga@acme.example --given-name Olga --family-name Ortiz',
    )
    expect(isWell).toBe(true)
    expect(text).toContain('http://localhost:3000')
    expect(data).toMatchObject({
      organization: { handle: 'acme', below: null, locales: ['en', 'de'], people_from: 'own' },
      owner: { email: 'olga@acme.example', mailed: true },
    })
    expect(JSON.stringify(data)).not.toMatch(/password|ticket|secret/)
    const mail = await newestMail('account-created')
    const ctx = at(idOf('acme'))
    const username = 'olga@acme.example'
    expect((await signIn(ctx, null, { username, password })).ticket).toBeUndefined()
    expect(await reset(ctx, mail.ticket, { new_password: password })).toMatchObject({ notice: 'password_reset' })
    expect((await signIn(ctx, null, { username, password })).ticket).toBeDefined()
    const olga = await actor('acme', username)
    expect(may(olga, 'organization.create', chain('acme'), 'subtree')).toBe(true)
  })

  it('is one', async () => {
    expect(await refused('org create other --name Other')).toBe('organizations.root_exists')
  })
})

describe('organizations', () => {
  it('are made below others, with an owner who has a password already', async () => {
    const before = (await mails()).length
    const { data } = await livery(
      'org create north --name North --below acme --people parent --owner olga@acme.example',
    )
    expect(data).toMatchObject({ organization: { below: 'acme' }, owner: { mailed: false } })
    expect(await mails()).toHaveLength(before)
    expect((await livery('org show north')).data).toMatchObject({ owners: ['olga@acme.example'], people: 1 })
    await livery('org create south --name South --below acme --require-second-step')
    expect((await livery('org show south')).data).toMatchObject({ second_step_required: true, owners: [] })
  })

  it('are listed, renamed, moved, suspended and resumed', async () => {
    const handles = async (typed: string) =>
      ((await livery(typed)).data as unknown as { organizations: { handle: string }[] }).organizations.map(
        ({ handle }) => handle,
      )
    expect(await handles('org list')).toEqual(['acme', 'north', 'south'])
    expect(await handles('org list --below north')).toEqual([])
    await livery('org move south --below north')
    expect(await handles('org list --below north')).toEqual(['south'])
    expect(await refused('org move north --below south')).toBe('organizations.would_be_circle')
    await livery('org rename south --handle deep --name "Deep South"')
    expect(directory().byOldHandle('south')?.name).toBe('Deep South')
    await livery('org suspend north')
    expect((await livery('org show deep')).data).toMatchObject({ status: 'active', dark: true })
    await livery('org resume north')
    expect((await livery('org show deep')).data).toMatchObject({ dark: false })
    expect(await refused('org suspend acme')).toBe('organizations.is_root')
  })
})

describe('people', () => {
  it('are made, each with a mail of their own', async () => {
    const make = 'people create --org acme --email paul@acme.example --given-name Paul --family-name Pham'
    expect((await livery(make)).data).toMatchObject({ person: { kind: 'staff' }, created: true, mailed: true })
    expect(await refused(make)).toBe('person.exists')
    expect((await livery('people list --org acme --search paul')).data).toMatchObject({
      people: [{ email: 'paul@acme.example', roles: [], status: 'active', lives_here: true }],
    })
  })

  it('become owners; the link that was not used gives way to a newer one', async () => {
    const first = await newestMail('account-created')
    expect((await livery('people owner --org acme --email paul@acme.example')).data).toMatchObject({
      created: false,
      mailed: true,
    })
    expect(await reset(at(idOf('acme')), first.ticket, { new_password: password })).toEqual({ next: '/reset' })
    expect(may(await actor('acme', 'paul@acme.example'), 'organization.transfer', chain('acme'))).toBe(true)
  })

  it('are suspended where they live everywhere, where they belong there, and the last owner never', async () => {
    expect(await refused('people suspend --org north --email olga@acme.example')).toBe('access.last_owner')
    expect((await livery('people suspend --org acme --email olga@acme.example')).data).toMatchObject({
      everywhere: true,
    })
    expect((await livery('people list --org north')).data).toMatchObject({ people: [{ status: 'suspended' }] })
    await livery('people resume --org acme --email olga@acme.example')
    expect((await livery('people list --org north')).data).toMatchObject({ people: [{ status: 'active' }] })
    await livery('people owner --org north --email paul@acme.example')
    expect((await livery('people suspend --org north --email paul@acme.example')).data).toMatchObject({
      everywhere: false,
    })
    expect(await refused('people owner --org north --email paul@acme.example')).toBe('toolkit.not_active')
    expect(await refused('people resume --org north --email nobody@acme.example')).toBe('person.unknown')
  })

  it('ask for another link themselves', async () => {
    await recover(at(idOf('acme')), null, { email: 'paul@acme.example' })
    expect((await newestMail('recover-password')).decoy).toBe(false)
  })
})

describe('tokens', () => {
  type Made = { token: string; id: string; scopes: string[]; expires_at: string }
  const create = async (typed: string) => (await livery(`token create --org acme ${typed}`)).data as unknown as Made

  it('do what their account holds, no more than their scopes, and end', async () => {
    expect(await refused('token create --org acme --name empty')).toBe('tokens.scope_not_held')
    const made = await create('--name robot --role auditor --reach subtree --scopes audit.read --expires-days 7')
    expect(Math.round((Date.parse(made.expires_at) - Date.now()) / 86_400_000)).toBe(7)
    const robot = await authenticate(made.token)
    expect(robot && may(robot, 'audit.read', chain('north'))).toBe(true)
    expect(robot && may(robot, 'people.read', chain('acme'))).toBe(false)
    expect(await refused('token create --org acme --name robot --scopes people.delete')).toBe('tokens.scope_not_held')
    const whole = await create('--name robot')
    expect(whole.scopes.toSorted()).toEqual([
      'audit.read',
      'flow.read',
      'organization.read',
      'people.read',
      'usage.read',
    ])
    await livery(`token revoke ${made.id}`)
    expect(await authenticate(made.token)).toBeNull()
    expect(await authenticate(whole.token)).not.toBeNull()
    expect(await refused('token revoke tok_unknown --org acme')).toBe('tokens.token_unknown')
  })

  it('are listed without their text', async () => {
    const { text, data } = await livery('token list --org acme')
    expect((data as unknown as { tokens: { state: string }[] }).tokens.map(({ state }) => state).toSorted()).toEqual([
      'active',
      'revoked',
    ])
    expect(text + JSON.stringify(data)).not.toContain('livery_')
  })

  it('take roles of the organization’s own by their key, and none that is not there', async () => {
    expect(await refused('token create --org acme --name other --role emperor')).toBe('access.role_unknown')
    expect((await livery('token list --org acme')).text).not.toContain('other')
  })
})

describe('the trail', () => {
  it('is listed, the newest first', async () => {
    const { data } = await livery('audit list --org acme --action organization. --limit 1')
    expect(data).toMatchObject({
      records: [{ action: 'organization.created', actor: { kind: 'system' } }],
      has_more: false,
    })
    expect((await livery('audit list --org acme --limit 2')).data).toMatchObject({ has_more: true })
  })

  it('is sealed and verified, and every fault is a line', async () => {
    setClockForTests(minutes(10))
    await livery('audit seal')
    setClockForTests(0)
    expect(await livery('audit verify')).toMatchObject({ isWell: true, data: { ok: true } })
    // What the application could do to itself; whoever owns the tables could do more, and is found out the same way.
    await withOrganization(idOf('north'), (tx) =>
      sql`
        insert into audit_records (org_id, id, at, actor_kind, action, target_kind, target_id, details_hash)
        select org_id, ${`aud_${'0'.repeat(26)}`}, at, actor_kind, action, target_kind, target_id, details_hash
        from audit_records where org_id = ${tx.organizationId} limit 1`.execute(tx.sql),
    )
    const { isWell, text } = await livery('audit verify')
    expect(isWell).toBe(false)
    expect(text).toBe(`north: inserted, seal 1, aud_${'0'.repeat(26)}`)
    expect((await livery('audit verify --org acme')).isWell).toBe(true)
  })

  it('loses its details for good when somebody says so, and nothing else', async () => {
    expect((await livery('audit retain --org deep --days 1')).data).toMatchObject({ erased: 0 })
    setClockForTests(minutes(60 * 24 * 2))
    const { data } = await livery('audit retain --org deep --days 1')
    setClockForTests(0)
    expect(Number(data.erased)).toBeGreaterThan(2)
    expect((await livery('audit verify --org deep')).isWell).toBe(true)
  })
})

describe('what cannot be asked like that', () => {
  it.each([
    'org',
    'org create',
    'org create acme',
    'org create a b --name x',
    'org list acme',
    'org rename acme',
    'org create x --name x --people theirs',
    'org move acme',
    'people owner --org acme',
    'token create --org acme --name x --expires-days 0',
    'token create --org acme --name x --expires-days 401',
    'token create --org acme --name x --scopes everything',
    'audit list --org acme --limit 1e3',
    'audit retain --org acme',
    'audit retain --org acme --days -1',
    'audit verify --org ""',
  ])('is refused before anything is opened: %s', async (typed) => {
    await expect(livery(typed)).rejects.toThrow(UsageError)
  })
})
