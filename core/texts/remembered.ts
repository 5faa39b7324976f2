/**
 * What an organization has published, kept in memory until it is heard that it published again. One memory per process,
 * shared by both module graphs; a warm request never reaches the database.
 */
import { LRUCache } from 'lru-cache'
import { listen, type Tx, withOrganization } from '#platform/database'
import { processState } from '#platform/process'

type Memory = LRUCache<string, Promise<unknown>>

export function remembered<T>(name: string, load: (tx: Tx) => Promise<T>): (organizationId: string) => Promise<T> {
  const memory = processState<Memory>(`documents.${name}`, () => {
    const entries: Memory = new LRUCache({ max: 5000 })
    listen('documents', (organizationId) => {
      entries.delete(organizationId)
    })
    return entries
  })
  return (organizationId) => {
    const known = memory.get(organizationId)
    if (known) return known as Promise<T>
    const loading = withOrganization(organizationId, load)
    memory.set(organizationId, loading)
    // Whoever comes after a failure tries again.
    loading.catch(() => {
      if (memory.get(organizationId) === loading) memory.delete(organizationId)
    })
    return loading
  }
}
