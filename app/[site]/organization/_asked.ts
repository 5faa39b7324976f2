// What the address of a list asks for, read without believing it.

import type { Site } from '#web/site'

type Query = Readonly<Record<string, string | undefined>>

/** One of a few words, or nothing. */
export const oneOf = <Word extends string>(words: readonly Word[], given: string | undefined): Word | undefined =>
  words.find((word) => word === given)

type After = { key: string; id: string }

/** Where a list goes on; an address that somebody has made up is its beginning. */
export const afterOf = (given: string | undefined): After | null => {
  if (given === undefined) return null
  try {
    const { key, id } = JSON.parse(Buffer.from(given, 'base64url').toString('utf8')) as Partial<After>
    return typeof key === 'string' && typeof id === 'string' ? { key, id } : null
  } catch {
    return null
  }
}

/** The address of the next part, narrowed as this one is. */
export const addressAfter = (
  site: Site,
  path: string,
  query: Query,
  names: readonly string[],
  after: unknown,
): string => {
  const kept = names.flatMap((name) => (query[name] ? [[name, query[name]] as [string, string]] : []))
  const cursor = Buffer.from(JSON.stringify(after)).toString('base64url')
  return site.path(`${path}?${new URLSearchParams([...kept, ['after', cursor]])}`)
}
