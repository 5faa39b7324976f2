import { afterEach, describe, expect, it } from 'vitest'
import { days, hours, now, setClockForTests } from '#platform/clock'
import { trustedUntil } from './rules.ts'

afterEach(() => setClockForTests(0))
const ago = (ms: number): Date => new Date(now().getTime() - ms)
const ahead = (ms: number): Date => new Date(now().getTime() + ms)

describe('trust in a browser', () => {
  it.each<[string, Parameters<typeof trustedUntil>, boolean]>([
    ['as promised', [{ trustedAt: ago(days(1)), trustedUntil: ahead(days(29)) }, 30, null], true],
    ['never given', [{ trustedAt: null, trustedUntil: null }, 30, null], false],
    ['over', [{ trustedAt: ago(days(30)), trustedUntil: ago(1) }, 30, null], false],
    ['shorter by now', [{ trustedAt: ago(days(8)), trustedUntil: ahead(days(22)) }, 7, null], false],
    ['not longer by now', [{ trustedAt: ago(days(8)), trustedUntil: ago(days(1)) }, 365, null], false],
    ['not given any more', [{ trustedAt: ago(1), trustedUntil: ahead(days(30)) }, 0, null], false],
    ['given before it ended', [{ trustedAt: ago(hours(2)), trustedUntil: ahead(days(30)) }, 30, ago(hours(1))], false],
    ['given since', [{ trustedAt: ago(hours(1)), trustedUntil: ahead(days(29)) }, 30, ago(hours(2))], true],
  ])('%s', (_, given, isTrusted) => {
    expect(trustedUntil(...given) !== null).toBe(isTrusted)
  })
})
