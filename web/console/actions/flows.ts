import { readyMade, readyMadeKeys } from '#core/flows'
import { fail } from '#platform/failure'
import type { Action } from '../action.ts'
import { listOf, neededOf, textOf } from '../fields.ts'
import type { Sent } from '../sent.ts'

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The document as it was typed. */
const documentOf = (sent: Sent): Fields => {
  const typed = parsed(neededOf(sent, 'document'))
  return isFields(typed) ? typed : fail('flow.invalid', 'document')
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const begun = (sent: Sent) => {
  const key = readyMadeKeys.find((one) => one === neededOf(sent, 'ready_made'))
  return key ? readyMade[key].flow : fail('input.invalid', 'ready_made')
}

/** Settings that a form has fields for, as it sends them: a list of choices, or a yes and no. */
const settingsOf: Record<string, (sent: Sent, field: string) => unknown> = {
  methods: listOf,
  required: (sent, field) => textOf(sent, field) === 'true',
  always: (sent, field) => textOf(sent, field) === 'true',
  withIdentifier: (sent, field) => textOf(sent, field) === 'true',
  password: (sent, field) => textOf(sent, field) === 'true',
}

/** A node with what was set for it: fields are called `set.<node>.<setting>`. */
const nodeWith = (sent: Sent, id: string, node: unknown): unknown => {
  if (!isFields(node)) return node
  const set = Object.entries(settingsOf).flatMap(([name, read]) => {
    const field = `set.${id}.${name}`
    return Object.hasOwn(sent, field) ? [[name, read(sent, field)] as const] : []
  })
  return set.length === 0
    ? node
    : { ...node, settings: { ...(isFields(node.settings) ? node.settings : {}), ...Object.fromEntries(set) } }
}

/** The draft as the page has seen it, which it carries along, with what was changed in its fields. */
const changed = (sent: Sent) => {
  const document = documentOf(sent)
  const nodes = isFields(document.nodes) ? document.nodes : {}
  return {
    ...document,
    label: neededOf(sent, 'label'),
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, nodeWith(sent, id, node)])),
  }
}

export const flowActions: readonly Action[] = [
  { operation: 'flows.save-draft', notice: 'flow_saved', body: documentOf },
  { name: 'flows.begin', operation: 'flows.save-draft', notice: 'flow_begun', body: begun },
  { name: 'flows.change', operation: 'flows.save-draft', notice: 'flow_saved', body: changed },
  { operation: 'flows.publish', notice: 'flow_published' },
  { operation: 'flows.discard-draft', notice: 'flow_discarded' },
  { operation: 'flows.rollback', notice: 'flow_rolled_back' },
  { operation: 'flows.unpublish', notice: 'flow_unpublished' },
]
