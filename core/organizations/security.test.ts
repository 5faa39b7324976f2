import { beforeAll, describe, expect, it } from 'vitest'
import { list as recordsOf } from '#core/audit'
import { systemActor as by } from '#core/authority'
import { withOrganization, withPlatform } from '#platform/database'
import { isFailure } from '#platform/failure'
import { freshDatabase } from '#support/database'
import type { Organization, SecurityChange } from './contract.ts'
import { create, directory, find, loadDirectory, update } from './index.ts'

freshDatabase()
const builtIn = {
  sessionIdleMinutes: 1440,
  sessionLifeHours: 720,
  trustedDeviceDays: 30,
  recoveryWaitHours: 24,
  identifiers: ['email'],
}
let one: Organization
beforeAll(async () => {
  one = await withPlatform((tx) => create(tx, by, { parentId: null, handle: 'careful', name: 'Careful' }))
  await loadDirectory()
}, 60_000)

const change = (security: unknown) =>
  withPlatform((tx) => update(tx, by, one.id, { security: security as SecurityChange }))
const refusal = async (security: unknown): Promise<string> => {
  try {
    await change(security)
    return 'fine'
  } catch (error) {
    if (!isFailure(error)) throw error
    return `${error.code} ${error.field}`
  }
}

describe('the policy of an organization', () => {
  it('is the built-in one until somebody chooses', () => {
    expect(one.security).toEqual(builtIn)
    expect(directory().byId(one.id)?.security).toEqual(builtIn)
  })

  it('changes only in what is named, for every process, and says so in the trail', async () => {
    await change({ sessionIdleMinutes: 15 })
    const after = await change({ identifiers: ['email', 'username'], trustedDeviceDays: 0 })
    const chosen = { ...builtIn, sessionIdleMinutes: 15, identifiers: ['email', 'username'], trustedDeviceDays: 0 }
    expect(after.security).toEqual(chosen)
    expect((await withPlatform((tx) => find(tx, by, one.id))).security).toEqual(chosen)
    await expect.poll(() => directory().byId(one.id)?.security, { timeout: 2000 }).toEqual(chosen)
    await loadDirectory()
    expect(directory().byId(one.id)?.security).toEqual(chosen)
    const { records } = await withOrganization(one.id, (tx) => recordsOf(tx, by, [one.id], { limit: 1 }))
    expect(records[0]?.details).toEqual({
      before: { security: { ...builtIn, sessionIdleMinutes: 15 } },
      after: { security: chosen },
    })
  })

  it('can be given from the start', async () => {
    const security = { recoveryWaitHours: 0, sessionLifeHours: 8, sessionIdleMinutes: 480 }
    const made = await withPlatform((tx) =>
      create(tx, by, { parentId: one.id, handle: 'brief', name: 'Brief', security }),
    )
    expect(made.security).toEqual({ ...builtIn, ...security })
  })

  it.each([
    [{ sessionIdleMinutes: 4 }, 'security.sessionIdleMinutes'],
    [{ sessionIdleMinutes: 43_201 }, 'security.sessionIdleMinutes'],
    [{ sessionIdleMinutes: 7.5 }, 'security.sessionIdleMinutes'],
    [{ sessionLifeHours: 0 }, 'security.sessionLifeHours'],
    [{ sessionLifeHours: 8761 }, 'security.sessionLifeHours'],
    [{ trustedDeviceDays: -1 }, 'security.trustedDeviceDays'],
    [{ trustedDeviceDays: 366 }, 'security.trustedDeviceDays'],
    [{ recoveryWaitHours: 169 }, 'security.recoveryWaitHours'],
    [{ identifiers: [] }, 'security.identifiers'],
    [{ identifiers: ['email', 'email'] }, 'security.identifiers'],
    [{ identifiers: ['iris'] }, 'security.identifiers.0'],
    [{ secondFactor: true }, 'security'],
    [{ sessionIdleMinutes: 120, sessionLifeHours: 1 }, 'security.sessionIdleMinutes'],
  ])('refuses %j', async (security, field) => {
    expect(await refusal(security)).toBe(`organizations.invalid ${field}`)
  })

  it('is looked at together with what was chosen before', async () => {
    await change({ sessionIdleMinutes: 600, sessionLifeHours: 10 })
    expect(await refusal({ sessionLifeHours: 9 })).toBe('organizations.invalid security.sessionIdleMinutes')
    expect(await refusal({ sessionLifeHours: 9, sessionIdleMinutes: 60 })).toBe('fine')
  })
})
