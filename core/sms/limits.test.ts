// What messages may cost: the limits, whoever asks and whether there is anybody or not.

import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { days, hours, setClockForTests } from '#platform/clock'
import { withPlatform } from '#platform/database'
import { settings } from '#platform/env'
import { isFailure } from '#platform/failure'
import { brand, buildBrands } from '#support/brands'
import { freshDatabase } from '#support/database'
import { isSmsAvailable, takeSmsLimits } from './index.ts'
import { mostADay, mostAlikeAnHour, mostAnHour, mostOfOrganizationADay } from './limits.ts'

freshDatabase()
beforeAll(async () => {
  await buildBrands()
})
beforeEach(() => withPlatform(async (tx) => void (await sql`delete from limits`.execute(tx.sql))))
afterEach(() => setClockForTests(0))

let people = 0
const wish = (more: Partial<Parameters<typeof takeSmsLimits>[0]> = {}) => {
  people += 1
  const own = `+4917${String(people).padStart(8, '0')}`
  return { organizationId: brand('alpine').id, subject: `home/per_${people}`, number: own, ...more }
}
const take = async (one: Parameters<typeof takeSmsLimits>[0]): Promise<string> => {
  try {
    await takeSmsLimits(one)
    return 'ok'
  } catch (error) {
    return isFailure(error) ? error.code : String(error)
  }
}
const times = async (count: number, one: () => Parameters<typeof takeSmsLimits>[0]) => {
  const answers: string[] = []
  for (let done = 0; done < count; done += 1) answers.push(await take(one()))
  return answers
}
const allowed = (count: number) => [...Array<string>(count).fill('ok'), 'sms.too_many']

it('bound a person, whatever the number, and a number, whoever asks', async () => {
  const { subject } = wish()
  expect(await times(mostAnHour + 1, () => wish({ subject }))).toEqual(allowed(mostAnHour))
  const { number: one } = wish()
  expect(await times(mostAnHour + 1, () => wish({ number: one }))).toEqual(allowed(mostAnHour))
  setClockForTests(hours(1) + 1)
  // The one that was refused has been counted as well.
  expect(await times(mostADay - mostAnHour, () => wish({ subject }))).toEqual(allowed(mostADay - mostAnHour - 1))
})

it('bound a day', async () => {
  const one = wish()
  const answers: string[] = []
  for (let hour = 0; hour < 3; hour += 1) {
    setClockForTests(hours(hour) + hour)
    answers.push(...(await times(mostAnHour, () => one)))
  }
  expect(answers.filter((answer) => answer === 'ok')).toHaveLength(mostADay)
})

it('are the same for somebody who does not exist', async () => {
  const real = wish()
  const nobody = wish({ number: null })
  const [known, unknown] = [await times(8, () => real), await times(8, () => nobody)]
  expect(unknown).toEqual(known)
})

it('bound what goes to numbers that begin alike, at each organization for itself', async () => {
  expect(await times(mostAlikeAnHour + 1, wish)).toEqual(allowed(mostAlikeAnHour))
  expect(await take(wish({ number: '+351912345678' }))).toBe('ok')
  expect(await take(wish({ organizationId: brand('pacifica').id }))).toBe('ok')
})

it('bound an organization a day, and what is refused for itself takes nothing away from it', async () => {
  const one = wish({ number: null })
  await times(20, () => one)
  await Promise.all(
    Array.from({ length: mostOfOrganizationADay - mostAnHour }, () => takeSmsLimits(wish({ number: null }))),
  )
  expect(await take(wish({ number: null }))).toBe('sms.too_many')
  setClockForTests(days(1) + 1)
  expect(await take(wish({ number: null }))).toBe('ok')
})

it('refuse rented numbers, and countries that are not served', async () => {
  expect(await take(wish({ number: '+88213300020' }))).toBe('sms.country_not_served')
  const own = settings()
  own.smsCountries = ['PT']
  try {
    expect([await take(wish()), await take(wish({ number: '+351912345678' }))]).toEqual([
      'sms.country_not_served',
      'ok',
    ])
  } finally {
    own.smsCountries = []
  }
})

it('come after the question whether there is a gateway at all', async () => {
  const own = settings()
  const { mode } = own
  own.mode = 'production'
  try {
    expect(isSmsAvailable()).toBe(false)
    expect(await take(wish())).toBe('sms.not_available')
  } finally {
    own.mode = mode
  }
  expect(isSmsAvailable()).toBe(true)
})
