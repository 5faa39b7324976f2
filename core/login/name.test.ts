import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { setStatus, updateProfile } from '#core/people'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { allowIdentifiers, at, buildWorld, mails, person, type World } from '#support/engine'
import { costOf } from '#support/walking'
import { remindName, view } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
  await allowIdentifiers(world.mixed, ['email', 'username'])
}, 60_000)

const named = async (email: string, username: string, home: string, memberOf: string[] = []) => {
  const made = await person({ email, home, memberOf })
  await withOrganization(home, (tx) => updateProfile(tx, by, made.id, { username }, made.version))
  return made
}
type Outbox = { outbox: { id: string; payload: { data?: { usernames?: string[] } } } }
const newest = async () => {
  const [mail] = await mails()
  const { payload } = await withOrganization(world.mixed, (tx) =>
    tx.sql
      .withTables<Outbox>()
      .selectFrom('outbox')
      .select('payload')
      .where('id', '=', mail?.id ?? '')
      .executeTakeFirstOrThrow(),
  )
  return { ...mail, usernames: payload.data?.usernames }
}

describe('a forgotten username', () => {
  it('is mailed to the address of its account, those of every home in one mail', async () => {
    const email = 'ada@names.example'
    const first = await named(email, 'ada-here', world.mixed)
    await named(email, 'ada-above', world.root, [world.mixed])
    const before = (await mails()).length
    const outcome = await remindName(at(world.mixed), { email: ' ADA@names.example ' })
    expect(outcome).toEqual({ next: '/sign-in', notice: 'username_sent' })
    expect(await mails()).toHaveLength(before + 1)
    expect(await newest()).toMatchObject({
      template: 'username-reminder',
      to: { home: world.mixed, person: first.id },
      decoy: false,
      usernames: ['ada-here', 'ada-above'],
    })
  })

  it('of nobody is answered the same, and mailed to nobody', async () => {
    const suspended = await named('sam@names.example', 'sam-here', world.mixed)
    await withOrganization(world.mixed, (tx) => setStatus(tx, by, suspended.id, 'suspended'))
    await named('elsewhere@names.example', 'not-a-member', world.root)
    for (const email of ['nobody@names.example', 'sam@names.example', 'elsewhere@names.example']) {
      expect(await remindName(at(world.mixed), { email })).toEqual({ next: '/sign-in', notice: 'username_sent' })
      expect(await newest()).toMatchObject({ to: { email }, decoy: true, usernames: [] })
    }
  })

  it('costs the same queries and hashes, whoever it is', async () => {
    await named('known@names.example', 'known', world.mixed)
    const seen = []
    for (const email of ['known@names.example', 'stranger@names.example']) {
      seen.push(await costOf(() => remindName(at(world.mixed), { email })))
    }
    expect(seen[0]?.hashes).toBe(0)
    expect(seen[0]?.statements.length).toBeGreaterThan(4)
    expect(seen[1]).toEqual(seen[0])
  })

  it.each([
    [{}, 'input.missing'],
    [{ email: 'ada@' }, 'email.invalid'],
    [{ email: ['ada@names.example', 'eve@names.example'] }, 'input.invalid'],
    [{ email: 'ada@names.example,eve@names.example' }, 'email.invalid'],
    [{ email: 'ada@names.example\r\nBcc: eve@names.example' }, 'input.control_characters'],
  ])('is not looked for with %j', async (answer, code) => {
    const before = (await mails()).length
    const outcome = await remindName(at(world.mixed), answer)
    expect(outcome.next).toBe('/recover?of=name')
    const shown = await view(at(world.mixed), outcome.attempt ?? null, 'recovery')
    expect(shown?.failure?.code).toBe(code)
    expect(await mails()).toHaveLength(before)
  })

  it('is asked for five times an hour', async () => {
    for (let time = 0; time < 5; time += 1) await remindName(at(world.mixed), { email: 'often@names.example' })
    const before = (await mails()).length
    const { attempt } = await remindName(at(world.mixed), { email: 'often@names.example' })
    const shown = await view(at(world.mixed), attempt ?? null, 'recovery')
    expect(shown?.failure?.code).toBe('login.too_many_tries')
    expect(await mails()).toHaveLength(before)
  })
})
