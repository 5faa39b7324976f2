// Owns flows: what is asked of somebody in which order, as documents that organizations publish, the checks they have to pass, and
// the conditions inside them. Calls documents, organizations and texts; called by login.

export { type CheckedFor, checkFlow, hasErrors } from './checks.ts'
export { type ConditionStage, checkCondition, conditionFacts, holds } from './conditions.ts'
export { flowFor } from './interim.ts'
export { defaultFlows, type ReadyMadeKey, readyMade, readyMadeKeys } from './ready-made.ts'
export { isMultiFactor, isProven, methodsOf } from './standing.ts'
export { type Arrival, begin, proceed, settingsAt, stepAt, type Walking, waysOf } from './walk.ts'
