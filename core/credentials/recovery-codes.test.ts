import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { outcomeOf } from '#support/passkeys'
import { member, trailOf } from '#support/staff'
import { makeRecoveryCodes, recoveryCodesLeft, useRecoveryCode } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

const at = <T>(fn: Parameters<typeof withOrganization<T>>[1]) => withOrganization(world.own, fn)
const somebody = async () => (await member({ home: world.own })).id

describe('recovery codes', () => {
  it('are ten of 80 bits, in groups that can be read off paper', async () => {
    const id = await somebody()
    const codes = await at((tx) => makeRecoveryCodes(tx, by, id))
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/)
    expect(await at((tx) => recoveryCodesLeft(tx, id))).toBe(10)
  })

  it('of 50 uses of one code at the same moment exactly one wins (MFA-03)', async () => {
    const id = await somebody()
    const [code = ''] = await at((tx) => makeRecoveryCodes(tx, by, id))
    const uses = await Promise.all(
      Array.from({ length: 50 }, () => outcomeOf(at((tx) => useRecoveryCode(tx, by, id, code)))),
    )
    expect(uses.filter((one) => one === 'done')).toHaveLength(1)
    expect(uses.filter((one) => one === 'recovery_code.wrong')).toHaveLength(49)
    expect(await at((tx) => recoveryCodesLeft(tx, id))).toBe(9)
    const used = (await trailOf(world.own, id)).filter(({ action }) => action === 'recovery_codes.used')
    expect(used).toMatchObject([{ details: { left: 9 } }])
  })

  it.each<[string, (code: string) => string]>([
    ['without dashes', (code) => code.replaceAll('-', '')],
    ['in capitals, with spaces', (code) => ` ${code.toUpperCase().replaceAll('-', ' ')} `],
    ['with other dashes', (code) => code.replaceAll('-', '–')],
    ['with letters for digits', (code) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
    ['with capital letters for digits', (code) => code.replaceAll('0', 'o').replaceAll('1', 'I')],
    [
      'on a wide keyboard',
      (code) => code.replace(/[a-z\d]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
    ],
  ])('are known again %s', async (_, typed) => {
    const id = await somebody()
    const codes = await at((tx) => makeRecoveryCodes(tx, by, id))
    // Of ten codes of sixteen characters some have a zero or a one.
    const code = codes.find((one) => /[01]/.test(one)) ?? String(codes[0])
    expect(await at((tx) => useRecoveryCode(tx, by, id, typed(code)))).toBe(9)
  })

  it('are worth nothing for anybody else, anywhere else, or once there are new ones', async () => {
    const [id, other] = [await somebody(), await somebody()]
    const [code = '', next = ''] = await at((tx) => makeRecoveryCodes(tx, by, id))
    const elsewhere = withOrganization(world.mixed, (tx) => useRecoveryCode(tx, by, id, code))
    expect(await outcomeOf(elsewhere)).toBe('recovery_code.wrong')
    expect(await outcomeOf(at((tx) => useRecoveryCode(tx, by, other, code)))).toBe('recovery_code.wrong')
    expect(await outcomeOf(at((tx) => useRecoveryCode(tx, by, id, code)))).toBe('done')
    await at((tx) => makeRecoveryCodes(tx, by, id))
    expect(await outcomeOf(at((tx) => useRecoveryCode(tx, by, id, next)))).toBe('recovery_code.wrong')
  })

  it('are ten however many make them at the same moment', async () => {
    const id = await somebody()
    await Promise.all(Array.from({ length: 5 }, () => at((tx) => makeRecoveryCodes(tx, by, id))))
    expect(await at((tx) => recoveryCodesLeft(tx, id))).toBe(10)
  })

  it.each(['', '0000-0000-0000-0000', 'not a code', 'u'.repeat(5000)])('%.20j is none', async (typed) => {
    const id = await somebody()
    await at((tx) => makeRecoveryCodes(tx, by, id))
    expect(await outcomeOf(at((tx) => useRecoveryCode(tx, by, id, typed)))).toBe('recovery_code.wrong')
  })

  it('stand nowhere in the trail', async () => {
    const id = await somebody()
    const codes = await at((tx) => makeRecoveryCodes(tx, by, id))
    await at((tx) => useRecoveryCode(tx, by, id, String(codes[0])))
    const trail = JSON.stringify(await trailOf(world.own, id))
    for (const code of codes) expect(trail).not.toContain(code)
  })
})
