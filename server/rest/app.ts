// The interface as one router: every operation at its addresses, the documents beside them, and a refusal of its own for
// everything else.

import { Hono } from 'hono'
import { fail } from '#platform/failure'
import { processState } from '#platform/process'
import { openApi } from '#web/openapi'
import { type Operation, operations } from '#web/operations'
import { postman } from '#web/postman'
import { interfaceOf, interfacePath, type RestEnv } from './place.ts'
import { answering, serve } from './serve.ts'

/** Below the interface, in the router's own spelling. */
const routeOf = (path: string): string => `${interfacePath}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`

/** Operations by address. A fixed word goes before a name in its place. */
const byRoute = (): [string, Operation[]][] => {
  const routes = new Map<string, Operation[]>()
  for (const operation of operations) {
    for (const path of [operation.path, operation.shortPath ?? []].flat()) {
      routes.set(path, [...(routes.get(path) ?? []), operation])
    }
  }
  const order = (path: string) => path.replaceAll(/\{\w+\}/g, '\uffff')
  return [...routes].sort(([a], [b]) => (order(a) < order(b) ? -1 : 1))
}

const allowed = (methods: readonly string[]): string => {
  const upper = methods.map((method) => method.toUpperCase())
  return [...new Set([...upper, ...(upper.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].sort().join(', ')
}

/** What may be done at an address, for whoever asks; everything else is refused with the same. */
const addOthers = (app: Hono<RestEnv>, route: string, methods: readonly string[]): void => {
  const allow = allowed(methods)
  app.on('OPTIONS', route, (c) => answering(c, () => new Response(null, { status: 204, headers: { allow } })))
  app.all(route, (c) => answering(c, () => fail('request.method_not_allowed', undefined, { allow })))
}

const documents = {
  '/openapi.json': openApi,
  '/postman.json': postman,
} as const

const make = (): Hono<RestEnv> => {
  const app = new Hono<RestEnv>()
  for (const [path, document] of Object.entries(documents)) {
    app.get(interfacePath + path, (c) => answering(c, () => Response.json(document(interfaceOf(c.env)))))
    addOthers(app, interfacePath + path, ['get'])
  }
  for (const [path, served] of byRoute()) {
    for (const operation of served) {
      app.on(operation.method.toUpperCase(), routeOf(path), (c) => serve(operation, c))
    }
    addOthers(
      app,
      routeOf(path),
      served.map(({ method }) => method),
    )
  }
  app.notFound((c) => answering(c, () => fail('request.unknown_address')))
  return app
}

/** The interface of this process. */
export const rest = (): Hono<RestEnv> => processState('server.rest', make)
