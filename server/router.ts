// From a request to its answer. Everything that a client may send passes here first, before any framework sees it.

import type { IncomingMessage } from 'node:http'
import { settings } from '#platform/env'
import { log } from '#platform/log'
import { type Met, meet } from '#web/meet'
import type { Answer } from './answer.ts'
import { type Asked, isReading, readAsked } from './asked.ts'
import { elsewhere } from './elsewhere.ts'
import { sharedFile } from './files.ts'
import { health } from './health.ts'
import { neutral } from './neutral.ts'
import type { Render } from './next.ts'
import { isForPrograms, neutralProblem, restAnswer } from './rest.ts'
import { siteAnswer } from './site.ts'
import { tlsAsk } from './tls-ask.ts'
import { workbench } from './workbench.ts'

const nobody = { 'unknown-host': 421, 'unknown-handle': 404, suspended: 403 } as const

/** Where nobody is met for whoever does not read: as where nothing ever was. */
const asNobody = ({ by }: Extract<Met, { kind: 'elsewhere' }>) => (by === 'path' ? 'unknown-handle' : 'unknown-host')

/** What demo and dev have at the root's own host, and production has nowhere. */
const benchAnswer = (render: Render, met: Met, asked: Asked): Promise<Answer | null> | null =>
  settings().mode !== 'production' && met.kind === 'site' && met.address.form === 'root' && isReading(asked)
    ? workbench(render, asked)
    : null

/** While developing, the framework makes its files as they are asked for. */
const developed = async (render: Render, asked: Asked): Promise<Answer> => {
  const { status, headers, body } = await render({ method: 'GET', path: asked.path, headers: { host: 'localhost' } })
  const type = String(headers['content-type'] ?? 'application/octet-stream')
  return { status, headers: { 'content-type': type, 'cache-control': 'no-store' }, body }
}

/** Programs get no page, whoever is met. */
const programAnswer = async (met: Met, asked: Asked): Promise<Answer> => {
  if (met.kind === 'elsewhere') {
    return elsewhere(met, asked, true) ?? neutralProblem(asNobody(met), asked)
  }
  return met.kind === 'site' ? restAnswer(met, asked) : neutralProblem(met.kind, asked)
}

const answerAsked = async (render: Render, asked: Asked): Promise<Answer> => {
  const met = meet(asked.host, asked.path)
  if (isForPrograms(asked.path)) return programAnswer(met, asked)
  if (met.kind === 'unknown-host') return neutral(421)
  if (settings().mode === 'dev' && asked.path.startsWith('/_next/')) return developed(render, asked)
  const file = isReading(asked) ? await sharedFile(asked.path) : null
  // The same file for everybody: also for pages of nobody, which load none.
  if (file && met.kind !== 'suspended') return file
  if (met.kind === 'elsewhere') return elsewhere(met, asked, false) ?? neutral(nobody[asNobody(met)])
  if (met.kind !== 'site') return neutral(nobody[met.kind])
  return (await benchAnswer(render, met, asked)) ?? siteAnswer(render, met, asked)
}

/** Answers a request, whatever it is. What goes wrong is recorded under the request's id, and nothing of it is shown. */
export const answer = async (render: Render, message: IncomingMessage): Promise<Answer> => {
  const asked = readAsked(message)
  if ('status' in asked) return neutral(asked.status, { connection: 'close' })
  try {
    return (await health(asked)) ?? tlsAsk(asked) ?? (await answerAsked(render, asked))
  } catch (error) {
    // Whoever hangs up before everything is said has nothing to be told, and nobody has to look into it.
    if (message.destroyed && !message.complete) return neutral(400, { connection: 'close' })
    const { message: reason, stack } = error as Error
    log.error({ request: asked.id, method: asked.method, path: asked.path, reason, stack }, 'a request failed')
    return neutral(500, {}, asked.id)
  }
}
