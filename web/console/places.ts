/** Pages of the console, as places that a form comes from and leads to. */

import { pageNamed } from '../routes.ts'

const longest = 3000
const shape = /^(\/organization(?:\/[A-Za-z0-9._~-]+)*)(?:\?[A-Za-z0-9._~%=&+-]*)?(?:#[a-z][a-z0-9-]*)?$/

/** A page of the console with its query; null for anything else, so that no form leads anywhere else. */
export const consolePlace = (given: unknown): string | null => {
  if (typeof given !== 'string' || given.length > longest) return null
  const path = shape.exec(given)?.[1]
  return path !== undefined && pageNamed(path) ? given : null
}

/** `{created}` stands for the id of what has just been made. */
export const placeAfter = (given: unknown, location: string | undefined): string | null => {
  if (typeof given !== 'string') return null
  const created = location?.slice(location.lastIndexOf('/') + 1) ?? ''
  return consolePlace(given.replace('{created}', created))
}
