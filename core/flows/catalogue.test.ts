import { describe, expect, it } from 'vitest'
import { flowSteps } from '#support/flow-steps'
import { catalogue } from '../login/catalogue.ts'
import { checkFlow, hasErrors } from './checks.ts'
import { stepIds } from './contract.ts'
import { defaultFlows, offered, readyMade, readyMadeKeys } from './ready-made.ts'

it.each(stepIds)('%s stands and proves in the engine what the checks are tested with', (id) => {
  const [real, tested] = [catalogue[id], flowSteps[id]]
  expect([real.id, real.label, real.proves]).toEqual([tested.id, tested.label, tested.proves])
  expect([...real.purposes].sort()).toEqual([...tested.purposes].sort())
})

describe('with the steps of the engine', () => {
  it.each(readyMadeKeys)('%s passes its checks, or is not offered', (key) => {
    const { flow, purpose } = readyMade[key]
    const isRefused = hasErrors(checkFlow(flow, purpose, catalogue, { secondFactorRequired: true }).findings)
    expect(offered(catalogue).some((one) => one.key === key)).toBe(!isRefused)
  })

  it('whatever counts by default passes', () => {
    const keys = offered(catalogue).map(({ key }) => key)
    for (const key of Object.values(defaultFlows)) expect(keys).toContain(key)
    for (const key of ['adaptive', 'sign-up-with-terms'] as const) expect(keys).toContain(key)
  })
})
