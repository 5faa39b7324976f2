import type { KyselyPlugin } from 'kysely'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { now, seconds, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, codeOf as shownBy, type World } from '#support/engine'
import { giveFactors } from '#support/factors'
import { outcomeOf } from '#support/passkeys'
import { member, trailOf } from '#support/staff'
import {
  acceptTotp,
  addPhone,
  addTotp,
  endFactors,
  factorsOf,
  forget,
  markPhoneUsed,
  maskedPhone,
  newTotpSecret,
  passkeysOf,
  phonesOf,
  plantTotp,
  removePhone,
  renameTotp,
  setPassword,
  testTotp,
  totpOf,
} from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const at = <T>(fn: Parameters<typeof withOrganization<T>>[1]) => withOrganization(world.own, fn)
const somebody = async () => (await member({ home: world.own })).id

/** Everything that one person can have. */
const giveAll = (personId: string) =>
  at(async (tx) => {
    await setPassword(tx, by, personId, 'made for a test', 'test')
    await plantTotp(tx, by, personId, newTotpSecret())
    await giveFactors(tx, personId)
  })

describe('an authenticator app', () => {
  const stepMs = seconds(30)
  /** At the beginning of a step, so that no code grows old while it is typed. */
  const atStep = (later = 0) => {
    setClockForTests(0)
    setClockForTests(stepMs - (now().getTime() % stepMs) + later * stepMs)
  }

  const withApp = async () => {
    atStep()
    const id = await somebody()
    const secret = newTotpSecret()
    await at((tx) => plantTotp(tx, by, id, secret))
    const accept = (code: string) => outcomeOf(at((tx) => acceptTotp(tx, id, code)))
    return { id, secret, accept }
  }

  it('a code is accepted once, and no older one after it (MFA-02)', async () => {
    const { secret, accept } = await withApp()
    const [before, present, next] = [shownBy(secret, -1), shownBy(secret), shownBy(secret, 1)]
    expect([await accept(present), await accept(present), await accept(before)]).toEqual([
      'done',
      'login.code_used',
      'login.code_used',
    ])
    expect([await accept(next), await accept(next), await accept(present)]).toEqual([
      'done',
      'login.code_used',
      'login.code_used',
    ])
    // The step of the code that came early is over only when its own window is.
    atStep(1)
    expect(await accept(next)).toBe('login.code_used')
  })

  it('of 50 uses of one code at the same moment exactly one wins (MFA-03)', async () => {
    const { secret, accept } = await withApp()
    const code = shownBy(secret)
    const uses = await Promise.all(Array.from({ length: 50 }, () => accept(code)))
    expect(uses.filter((one) => one === 'done')).toHaveLength(1)
    expect(uses.filter((one) => one === 'login.code_used')).toHaveLength(49)
  })

  it('is tested with a code that is used up by it, as by a sign-in', async () => {
    const { id, secret, accept } = await withApp()
    const code = shownBy(secret)
    await at((tx) => testTotp(tx, id, code))
    expect(await accept(code)).toBe('login.code_used')
    expect(await outcomeOf(at((tx) => testTotp(tx, id, '000 00')))).toBe('login.wrong_code')
    expect((await at((tx) => totpOf(tx, id)))?.lastUsedAt).toBeInstanceOf(Date)
  })

  it('is called something by its person, or nothing', async () => {
    atStep()
    const id = await somebody()
    const secret = newTotpSecret()
    expect(await at((tx) => renameTotp(tx, by, id, 'None to name'))).toBe(false)
    await at((tx) => addTotp(tx, by, id, secret, shownBy(secret), 'Work phone'))
    expect((await at((tx) => totpOf(tx, id)))?.name).toBe('Work phone')
    expect(await at((tx) => renameTotp(tx, by, id, ' '))).toBe(true)
    expect((await at((tx) => totpOf(tx, id)))?.name).toBeNull()
    expect((await trailOf(world.own, id)).map(({ action }) => action)).toContain('second_step.renamed')
  })
})

describe('a phone that codes are sent to', () => {
  it('is kept in one spelling, and told in the trail without its middle', async () => {
    const id = await somebody()
    const phone = await at((tx) => addPhone(tx, by, id, '+41 (79) 555-01-42'))
    expect(phone).toMatchObject({ number: '+41795550142', lastUsedAt: null })
    expect(await outcomeOf(at((tx) => addPhone(tx, by, id, '0041 79 555 01 42')))).toBe('phone_factor.exists')
    expect(await outcomeOf(at((tx) => addPhone(tx, by, id, '079 555 01 42')))).toBe('phone.invalid')
    expect(JSON.stringify(await trailOf(world.own, id))).not.toContain('5550142')
    await at((tx) => markPhoneUsed(tx, id, phone.id))
    expect((await at((tx) => phonesOf(tx, id)))[0]?.lastUsedAt).toBeInstanceOf(Date)
  })

  it('is one of two at most, also when several are added at the same moment', async () => {
    const id = await somebody()
    const numbers = ['41', '42', '43', '44'].map((end) => `+417955501${end}`)
    const added = await Promise.all(numbers.map((number) => outcomeOf(at((tx) => addPhone(tx, by, id, number)))))
    expect(added.toSorted()).toEqual(['done', 'done', 'phone_factor.too_many', 'phone_factor.too_many'])
  })

  it('is removed by nobody but its person', async () => {
    const [id, eve] = [await somebody(), await somebody()]
    const phone = await at((tx) => addPhone(tx, by, id, '+41795550142'))
    expect(await at((tx) => removePhone(tx, by, eve, phone.id))).toBeNull()
    expect(await at((tx) => removePhone(tx, by, id, phone.id))).toMatchObject({ id: phone.id })
    expect(await at((tx) => phonesOf(tx, id))).toEqual([])
  })

  it.each([
    ['+491761234567', '+49 ••• ••67'],
    ['+12025550142', '+1 ••• ••42'],
    ['+999', '••• ••99'],
  ])('%s is shown as %s', (number, masked) => expect(maskedPhone(number)).toBe(masked))
})

const nothing = { password: null, passkeys: [], totp: null, phones: [], recoveryCodesLeft: 0 }

describe('everything that somebody has', () => {
  it('is told together', async () => {
    const id = await somebody()
    await giveAll(id)
    const factors = await at((tx) => factorsOf(tx, id))
    expect(factors).toMatchObject({
      password: { changedAt: expect.any(Date) },
      passkeys: [{ personId: id, credentialId: Buffer.from(`passkey of ${id}`).toString('base64url') }],
      totp: { name: null, addedAt: expect.any(Date), lastUsedAt: null },
      phones: [{ number: '+41795550142', verifiedAt: expect.any(Date) }],
      recoveryCodesLeft: 10,
    })
    expect(factors.passkeys).toEqual(await at((tx) => passkeysOf(tx, id)))
    expect(factors.phones).toEqual(await at((tx) => phonesOf(tx, id)))
    expect(factors.totp).toEqual(await at((tx) => totpOf(tx, id)))
  })

  it('costs as many queries for nobody as for somebody', async () => {
    const id = await somebody()
    await giveAll(id)
    const counted = (personId: string): Promise<number> =>
      at(async (tx) => {
        let count = 0
        const counting: KyselyPlugin = {
          transformQuery: ({ node }) => {
            count += 1
            return node
          },
          transformResult: async ({ result }) => result,
        }
        await factorsOf({ ...tx, sql: tx.sql.withPlugin(counting) }, personId)
        return count
      })
    expect([await counted(id), await counted('per_nobody')]).toEqual([1, 1])
    expect(await at((tx) => factorsOf(tx, 'per_nobody'))).toEqual(nothing)
  })

  it('ends as far as it is a second factor, and passkeys where that is wanted', async () => {
    const id = await somebody()
    await giveAll(id)
    const end = (withPasskeys: boolean) => at((tx) => endFactors(tx, by, id, 'lost', { withPasskeys }))
    expect(await end(false)).toEqual(['totp', 'phone', 'recovery'])
    expect(await at((tx) => factorsOf(tx, id))).toMatchObject({
      password: {},
      passkeys: [{}],
      totp: null,
      phones: [],
      recoveryCodesLeft: 0,
    })
    expect(await end(true)).toEqual(['passkey'])
    expect(await end(true)).toEqual([])
    const actions = (await trailOf(world.own, id)).filter(({ details }) => (details as { why?: string }).why === 'lost')
    expect(actions.map(({ action }) => action).toSorted()).toEqual([
      'passkey.removed',
      'phone_factor.removed',
      'recovery_codes.removed',
      'second_step.removed',
    ])
  })

  it('is erased with them, and nobody else loses anything', async () => {
    const [id, other] = [await somebody(), await somebody()]
    await giveAll(id)
    await giveAll(other)
    const before = await at((tx) => factorsOf(tx, other))
    await at((tx) => forget(tx, id))
    expect(await at((tx) => factorsOf(tx, id))).toEqual(nothing)
    expect(await at((tx) => factorsOf(tx, other))).toEqual(before)
  })
})
