/**
 * What an organization has published, kept in memory until it is heard that it published again. One memory per process,
 * shared by both module graphs; a warm request never reaches the database.
 */
import { LRUCache } from 'lru-cache'
import { beforeClose, listen, type Tx, withOrganization } from '#platform/database'
import { processState } from '#platform/process'

type Memory = { entries: LRUCache<string, Promise<unknown>>; listening: Promise<void> | null }

/** Nothing is remembered before changes are heard of: what is published in between would never be noticed. */
async function listenFirst(memory: Memory): Promise<void> {
  memory.listening ??= listen('documents', (organizationId) => {
    memory.entries.delete(organizationId)
  }).then((stop) => {
    beforeClose(async () => {
      stop()
      memory.entries.clear()
      memory.listening = null
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
