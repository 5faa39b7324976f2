import { describe, expect, it } from 'vitest'
import { builtInTexts } from '#core/texts'
import { builtInLocales } from '#core/texts/contract'
import { flowFindingCodes, flowNames, stepIds } from './contract.ts'

describe.each(builtInLocales)('in %s', (locale) => {
  const texts = builtInTexts(locale)
  const values = { reason: 'r', node: 'n', step: 's', purpose: 'p', name: 'm', at: 7, type: 't', what: 'w' }

  it.each(flowFindingCodes)('%s is said in words', (code) => {
    expect(texts.has(`finding.${code}`)).toBe(true)
    expect(texts.t(`finding.${code}`, values)).not.toMatch(/[{}]/)
  })

  it('every flow and every step has a name', () => {
    expect(flowNames.filter((name) => !texts.has(`flow.name.${name}`))).toEqual([])
    expect(stepIds.filter((id) => !texts.has(`step.${id}`))).toEqual([])
  })
})
