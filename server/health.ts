// Whether this process lives, and whether it can serve: asked by whoever runs it, on any host.

import { sql } from 'kysely'
import { withPlatform } from '#platform/database'
import { processState } from '#platform/process'
import { type Answer, json } from './answer.ts'
import type { Asked } from './asked.ts'

type Readiness = { isStopping: boolean }
export const readiness = () => processState<Readiness>('server.readiness', () => ({ isStopping: false }))

const reachable = async (): Promise<boolean> => {
  try {
    await withPlatform((tx) => sql`select 1`.execute(tx.sql))
    return true
  } catch {
    return false
  }
}

const ready = async (): Promise<Answer> => {
  const isReady = !readiness().isStopping && (await reachable())
  return json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready' }, isReady ? {} : { 'retry-after': '5' })
}

/** The answer to `/healthz` and `/readyz`; null for everything else. */
export const health = async ({ method, path }: Asked): Promise<Answer | null> => {
  if (method !== 'GET' && method !== 'HEAD') return null
  if (path === '/healthz') return json(200, { status: 'ok' })
  return path === '/readyz' ? ready() : null
}
