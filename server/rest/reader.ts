import { LRUCache } from 'lru-cache'
import { processState } from '#platform/process'
import { readerPage, readerStyleHash } from '#web/api-reader'
import type { Answer } from '../answer.ts'
import { type Packed, pack } from '../encoding.ts'
import { pagePolicy } from '../policy.ts'
import { interfaceOf, type Place } from './place.ts'

const kept = () => processState('server.rest.reader', () => new LRUCache<string, Promise<Packed>>({ max: 50 }))

/** The page that explains the interface, drawn once for each address. */
export const reader = async (place: Place): Promise<Answer> => {
  const url = interfaceOf(place)
  const known = kept().get(url)
  const drawing = known ?? pack(Buffer.from(readerPage(url)), 'text/html; charset=utf-8')
  if (!known) kept().set(url, drawing)
  return {
    status: 200,
    headers: {
      'cache-control': 'private, no-cache',
      'content-security-policy': pagePolicy({ styleHashes: [readerStyleHash] }),
    },
    body: await drawing,
  }
}
