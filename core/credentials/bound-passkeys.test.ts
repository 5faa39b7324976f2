import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { addHost, loadDirectory } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { browserAt, givePasskey } from '#support/passkey-sign-in'
import { member } from '#support/staff'
import { passkeysBoundTo } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
  await withPlatform((tx) => addHost(tx, by, world.mixed, 'login.mixed.localhost', { verified: true }))
  await loadDirectory()
}, 60_000)

const byName = { form: 'name' } as const
const byDomain = { form: 'domain', host: 'login.mixed.localhost' } as const
const byPath = { form: 'path' } as const

describe('what is bound to the hosts of an organization', () => {
  it('is counted by host, wherever its people live, and nothing of other hosts with it', async () => {
    const [here, above, other] = [
      await member({ home: world.mixed }),
      await member({ home: world.root, at: world.mixed }),
      await member({ home: world.own }),
    ]
    const met = (address: typeof byName | typeof byDomain | typeof byPath, id = world.mixed) => ({
      ...browserAt(id),
      address,
    })
    for (const { ref } of [here, here, above]) await givePasskey(ref, met(byName))
    await givePasskey(here.ref, met(byDomain))
    await givePasskey(above.ref, met(byPath))
    await givePasskey(other.ref, met(byName, world.own))
    expect(await passkeysBoundTo(world.mixed, [byName])).toEqual([{ rpId: 'mixed.localhost', passkeys: 3, people: 2 }])
    expect(await passkeysBoundTo(world.mixed, [byDomain])).toEqual([
      { rpId: 'login.mixed.localhost', passkeys: 1, people: 1 },
    ])
    // The root's host is that of everybody who lives at the root as well.
    expect(await passkeysBoundTo(world.mixed, [byPath])).toEqual([])
    await givePasskey(here.ref, met(byPath))
    expect(await passkeysBoundTo(world.mixed, [byPath])).toEqual([{ rpId: 'localhost', passkeys: 1, people: 1 }])
    expect(await passkeysBoundTo(world.closed, [byName, byPath])).toEqual([])
  })
})
