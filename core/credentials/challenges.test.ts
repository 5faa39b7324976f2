import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { minutes, setClockForTests } from '#platform/clock'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { boundsOf, outcomeOf } from '#support/passkeys'
import type { ChallengeBounds } from './contract.ts'
import { newChallenge, takeChallenge } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

describe('a challenge', () => {
  it('is taken once, however many bring it at the same moment', async () => {
    const bounds = boundsOf(world.own, 'sign-in')
    const { sealed } = newChallenge(bounds)
    const taken = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(takeChallenge(sealed, bounds))))
    expect(taken.filter((code) => code === 'done')).toHaveLength(1)
    expect(taken.filter((code) => code === 'passkey.expired')).toHaveLength(19)
  })

  it.each<[string, Partial<ChallengeBounds>]>([
    ['purpose', { purpose: 'second-step' }],
    ['organization', { organizationId: 'org_other' }],
    ['host', { rpId: 'alpine.example' }],
    ['origin', { origin: 'https://alpine.example' }],
    ['attempt or session', { binding: 'ses_2' }],
    ['attempt or session, where none is', { binding: undefined }],
  ])('of another %s is refused, and still good for its own', async (_, other) => {
    const bounds = boundsOf(world.own, 'sign-in', { binding: 'ses_1' })
    const { sealed } = newChallenge(bounds)
    expect(await outcomeOf(takeChallenge(sealed, { ...bounds, ...other }))).toBe('passkey.expired')
    expect(await outcomeOf(takeChallenge(sealed, bounds))).toBe('done')
  })

  it('lives ten minutes', async () => {
    const bounds = boundsOf(world.own, 'sign-in')
    const { sealed } = newChallenge(bounds)
    setClockForTests(minutes(9))
    const { sealed: later } = newChallenge(bounds)
    expect(await outcomeOf(takeChallenge(later, bounds))).toBe('done')
    setClockForTests(minutes(10))
    expect(await outcomeOf(takeChallenge(sealed, bounds))).toBe('passkey.expired')
    // Spent, it stays spent for longer than it would have lived.
    setClockForTests(minutes(18.5))
    expect(await outcomeOf(takeChallenge(later, bounds))).toBe('passkey.expired')
  })

  it.each(['', 'AAAA', 'x'.repeat(200)])('that nobody here made is refused: %j', async (sealed) => {
    expect(await outcomeOf(takeChallenge(sealed, boundsOf(world.own, 'sign-in')))).toBe('passkey.expired')
  })
})
