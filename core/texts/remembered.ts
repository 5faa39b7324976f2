/**
 * What an organization has published, kept in memory until it is heard that it published again. One memory per process,
 * shared by both module graphs; a warm request never reaches the database.
 */
import { LRUCache } from 'lru-cache'
import { beforeClose, listen, type Tx, withOrganization } from '#platform/database'
import { processState } from '#platform/process'

/** Counts what was heard, so that whoever has put several memories together knows when to look again. */
const hearing = () => processState('documents.heard', () => ({ count: 0 }))

type Memory = { entries: LRUCache<string, Promise<unknown>>; listening: Promise<void> | null }

/** Nothing is remembered before changes are heard of: what is published in between would never be noticed. */
async function listenFirst(memory: Memory): Promise<void> {
  memory.listening ??= listen('documents', (organizationId) => {
    memory.entries.delete(organizationId)
    hearing().count += 1
  }).then((stop) => {
    beforeClose(async () => {
      stop()
      memory.entries.clear()
      memory.listening = null
      hearing().count += 1
    })
  })
  try {
    await memory.listening
  } catch (cause) {
    memory.listening = null
    throw cause
  }
}

export function remembered<T>(name: string, load: (tx: Tx) => Promise<T>): (organizationId: string) => Promise<T> {
  const memory = (): Memory =>
    processState(`documents.${name}`, () => ({ entries: new LRUCache({ max: 5000 }), listening: null }))
  return (organizationId) => {
    const { entries } = memory()
    const known = entries.get(organizationId)
    if (known) return known as Promise<T>
    const loading = listenFirst(memory()).then(() => withOrganization(organizationId, load))
    entries.set(organizationId, loading)
    // Whoever comes after a failure tries again.
    loading.catch(() => {
      if (entries.get(organizationId) === loading) entries.delete(organizationId)
    })
    return loading
  }
}

/** What a value was put together from. Each of these is another object once it has changed. */
type Parts = readonly unknown[]
type Kept = { heard: number; parts: Parts; value: Promise<unknown> }

const isSame = (a: Parts, b: Parts) => a.length === b.length && a.every((part, index) => part === b[index])

/**
 * Keeps what is put together from remembered values, so that it is not even compared with them again before something is
 * heard: in the usual case of nobody publishing anything, a request costs one look.
 */
export function untilHeard<T>(
  name: string,
  max: number,
): (key: string, parts: Parts, make: () => Promise<T>) => Promise<T> {
  const memory = () => processState(`documents.until-heard.${name}`, () => new LRUCache<string, Kept>({ max }))
  return (key, parts, make) => {
    const heard = hearing().count
    const known = memory().get(key)
    if (known && known.heard === heard && isSame(known.parts, parts)) return known.value as Promise<T>
    // Under the count of before: what is heard while it is made has it made again.
    const kept: Kept = { heard, parts, value: make() }
    memory().set(key, kept)
    kept.value.catch(() => {
      if (memory().get(key) === kept) memory().delete(key)
    })
    return kept.value as Promise<T>
  }
}
