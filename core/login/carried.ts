// What of a sign-in counts at another organization: as much as its own flow would have taken, from the last ten minutes. A trusted
// browser is trusted by one organization alone.

import { isProven } from '#core/flows'
import type { Flow, Proof } from '#core/flows/contract'
import { fromNow, minutes } from '#platform/clock'
import type { Inner } from './attempts.ts'
import { catalogue } from './catalogue.ts'

const longestMs = minutes(10)

type Settings = { methods?: readonly string[] }

/** Whether a flow knows a first proof of this kind: whoever is met there could have given it there. */
const takesFirst = ({ nodes }: Flow, { kind }: Proof): boolean =>
  Object.values(nodes).some(({ step }) => catalogue[step].proves === kind)

/** Whether none of its second steps asks for something else. Paper stands for each of them. */
const takesSecond = ({ nodes }: Flow, { kind }: Proof): boolean =>
  kind === 'recovery-code' ||
  Object.values(nodes).every(({ step, settings }) => {
    const { methods } = (settings ?? {}) as Settings
    return step !== 'second-step' || methods === undefined || methods.includes(kind)
  })

const isRecent = ({ at }: Proof): boolean => at >= fromNow(-longestMs).toISOString()

/** With the second proofs that a flow would have taken, and no others. */
export const withSeconds = (flow: Flow, inner: Inner): Inner => ({
  ...inner,
  proofs: (inner.proofs ?? []).filter((proof) => proof.isSecond !== true || takesSecond(flow, proof)),
})

/** What is known of somebody where they go on: who they are, as long as that is proven there; else what they are called. */
export const carriedTo = (flow: Flow, { proven, proofs = [] }: Inner): Inner => {
  if (!proven) return {}
  const named = { kind: 'email', key: proven.email } as const
  const recent = proofs.filter((proof) => proof.kind !== 'trusted-device' && isRecent(proof))
  const kept = recent.filter((proof) => proof.isSecond === true || takesFirst(flow, proof))
  if (!isProven(kept.filter(({ isSecond }) => isSecond !== true))) return { named }
  return withSeconds(flow, { named, proven, proofs: kept, hasChosenOrganization: true })
}
