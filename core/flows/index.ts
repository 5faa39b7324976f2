// Owns flows: what is asked of somebody in which order, as documents that organizations publish, the checks they have to pass, the
// conditions inside them, and the walk along them. Calls documents, organizations and texts; called by login, which knows the steps,
// and by whoever looks after flows.

import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'

registerStatuses(failures)

export { type CheckedFor, checkFlow, hasErrors } from './checks.ts'
export { type ConditionStage, checkCondition, conditionFacts, holds } from './conditions.ts'
export {
  authorsOf,
  discardFlow,
  draftOf,
  findingsOf,
  flowHistory,
  flowNamed,
  flowVersion,
  listFlows,
  listReadyMade,
  lookAtFlow,
  publishFlow,
  rollBackFlow,
  saveFlow,
  tryFlow,
  unpublishFlow,
} from './editing.ts'
export { outlineOf } from './outline.ts'
export { type Effective, flowFor } from './published.ts'
export { defaultFlows, type ReadyMadeKey, readyMade, readyMadeKeys } from './ready-made.ts'
export { type Simulated, type Simulation, simulate, simulated } from './simulate.ts'
export { isMultiFactor, isProven, methodsOf } from './standing.ts'
export { type Arrival, begin, proceed, settingsAt, stepAt, type Walking, waysOf } from './walk.ts'
export { flowFindingWords } from './words.ts'
