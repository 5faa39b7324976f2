// What was found in a flow, in words: for whoever has no page to show it on.

import type { Texts } from '#core/texts/contract'
import type { FlowFinding } from './contract.ts'

/** A step is named as pages name it. */
export const flowFindingWords = (texts: Texts, { code, data = {} }: FlowFinding): string => {
  const { step } = data
  const key = `step.${step}`
  return texts.t(`finding.${code}`, typeof step === 'string' && texts.has(key) ? { ...data, step: texts.t(key) } : data)
}
