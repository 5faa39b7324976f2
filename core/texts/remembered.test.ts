import { beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetProcessState, processState } from '#platform/process'
import { untilHeard } from './remembered.ts'

const kept = untilHeard<string>('test', 10)
const hear = () => {
  processState('documents.heard', () => ({ count: 0 })).count += 1
}
const base = {}
const organization = {}

beforeEach(() => forgetProcessState('documents.until-heard.test'))

describe('what is put together from remembered values', () => {
  it('is made once, as long as nothing is heard', async () => {
    const make = vi.fn(async () => 'made')
    for (let times = 0; times < 3; times += 1) expect(await kept('org_a', [base, organization], make)).toBe('made')
    expect(make).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['something is heard', () => hear(), 'org_a', [base, organization]],
    ['a part is another one', () => {}, 'org_a', [base, {}]],
    ['there are more parts', () => {}, 'org_a', [base, organization, {}]],
    ['it is asked for something else', () => {}, 'org_b', [base, organization]],
  ])('is made again when %s', async (_, happen, key, parts) => {
    await kept('org_a', [base, organization], async () => 'old')
    happen()
    expect(await kept(key, parts, async () => 'new')).toBe('new')
  })

  it('is made again when something is heard while it is made', async () => {
    const making = kept('org_a', [base], async () => {
      hear()
      return 'old'
    })
    expect(await making).toBe('old')
    expect(await kept('org_a', [base], async () => 'new')).toBe('new')
  })

  it('is tried again after a failure', async () => {
    const failing = kept('org_a', [base], () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await kept('org_a', [base], async () => 'made')).toBe('made')
  })
})
