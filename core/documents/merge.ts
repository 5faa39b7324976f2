import type { Layer, Merged } from './contract.ts'

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Fields that would reach the prototype of what is merged are no fields. */
const ownFields = (fields: Fields): [string, unknown][] =>
  Object.entries(fields).filter(([name, value]) => value !== undefined && !Object.hasOwn(Object.prototype, name))

const forget = (provenance: Record<string, string>, path: string): void => {
  for (const field of Object.keys(provenance)) {
    if (field === path || field.startsWith(`${path}.`)) delete provenance[field]
  }
}

const lay = (
  below: Fields,
  above: Fields,
  organizationId: string,
  provenance: Record<string, string>,
  path: string,
) => {
  for (const [name, value] of ownFields(above)) {
    const field = path === '' ? name : `${path}.${name}`
    if (isFields(value)) {
      const under = below[name]
      const merged: Fields = isFields(under) ? under : {}
      if (!isFields(under)) forget(provenance, field)
      below[name] = merged
      lay(merged, value, organizationId, provenance, field)
    } else {
      forget(provenance, field)
      // Unset: whatever was inherited is gone, and nobody of this chain has said anything.
      if (value === null) delete below[name]
      else {
        below[name] = value
        provenance[field] = organizationId
      }
    }
  }
}

/**
 * Lays the layers of a chain over each other, field by field: the nearer one wins, null takes the inherited value away, and
 * a list is one value.
 */
export const mergeAlong = (layers: readonly Layer[]): Merged => {
  const value: Fields = {}
  const provenance: Record<string, string> = {}
  for (const { organizationId, body } of layers) {
    if (isFields(body)) lay(value, body, organizationId, provenance, '')
  }
  return { value, provenance }
}
