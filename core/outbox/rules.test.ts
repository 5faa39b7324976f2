import { describe, expect, it } from 'vitest'
import { days, hours, minutes, seconds } from '#platform/clock'
import { nextTryIn } from './rules.ts'

describe('trying again', () => {
  const at = new Date('2026-05-14T12:00:00Z')
  const waitAfter = (attempts: number, more: Partial<Parameters<typeof nextTryIn>[0]> = {}) =>
    nextTryIn({ attempts, createdAt: at, expiresAt: null, at, chance: 0.5, ...more })

  it('waits longer every time', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((attempts) => waitAfter(attempts))
    expect(waits.slice(0, 5)).toEqual([seconds(10), minutes(1), minutes(5), minutes(30), hours(2)])
    expect(waits.slice(7)).toEqual([hours(24), hours(24), hours(24)])
  })
  it('does not come with everybody at once', () => {
    expect([waitAfter(2, { chance: 0 }), waitAfter(2, { chance: 1 })]).toEqual([seconds(48), seconds(72)])
  })
  it('gives up after three days', () => {
    expect(waitAfter(9, { createdAt: new Date(at.getTime() - days(3) + 1) })).not.toBeNull()
    expect(waitAfter(9, { createdAt: new Date(at.getTime() - days(3)) })).toBeNull()
  })
  it('is quicker where time is short, and never a storm', () => {
    const left = (ms: number) => waitAfter(4, { expiresAt: new Date(at.getTime() + ms) })
    expect([left(minutes(20)), left(minutes(4)), left(seconds(5))]).toEqual([minutes(5), minutes(1), seconds(10)])
  })
})
