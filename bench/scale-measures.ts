// What is asked of a process at scale, each as a function that takes one sample in microseconds: see scale.ts.

import pg from 'pg'
import { systemActor as by } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import { exchange, signIn } from '#core/login'
import { directory, list, update } from '#core/organizations'
import { look } from '#core/sessions'
import { builtInTexts } from '#core/texts'
import { resolve } from '#core/themes'
import { createAccount, createToken, giveRole } from '#core/tokens'
import { withOrganization, withPlatform } from '#platform/database'
import { newId } from '#platform/ids'
import { forgetProcessState, processState } from '#platform/process'
import { meet } from '#web/meet'
import { rest } from '../server/rest/app.ts'
import { childrenOfOne, password, type World } from './scale-world.ts'

export const figures = [
  'path',
  'name',
  'host',
  'anywhere',
  'themeWarm',
  'themeCold',
  'children',
  'childrenAfter',
  'attribute',
  'signIn',
  'signInBesideHash',
  'change',
] as const
export type Figure = (typeof figures)[number]

let random = 1
/** The same row of numbers each time (a linear congruence): a figure must not depend on luck. */
const nextRandom = (): number => {
  random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
  return random / 2_147_483_648
}
const someOf = <T>(all: readonly T[]): T => {
  const one = all[Math.floor(nextRandom() * all.length)]
  if (one === undefined) throw new Error('there is none to choose from')
  return one
}

/** As many different addresses at each size: the processor keeps what is asked for often, whatever else there is. */
const busy = 100
const perSample = 1000
/** A sample is a thousand look-ups, since one is too quick for the clock. */
const meeting = (addresses: readonly { host: string; path: string }[]): (() => number) => {
  const visited = Array.from({ length: busy }, () => someOf(addresses))
  let next = 0
  return () => {
    const begun = performance.now()
    for (let time = 0; time < perSample; time += 1) {
      const { host, path } = visited[next] ?? someOf(addresses)
      next = (next + 1) % busy
      if (meet(host, path).kind !== 'site') throw new Error(`nobody was met at ${host}${path}`)
    }
    return ((performance.now() - begun) * 1000) / perSample
  }
}

/** Anybody's address, as if all were asked for alike: nothing of most of them is in a cache of the processor. */
const meetingAnybody = (host: string, count: number) => (): number => {
  const begun = performance.now()
  for (let time = 0; time < perSample; time += 1) {
    const path = `/o/bench-${1 + Math.floor(nextRandom() * (count - 1))}/sign-in`
    if (meet(host, path).kind !== 'site') throw new Error(`nobody was met at ${path}`)
  }
  return ((performance.now() - begun) * 1000) / perSample
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) * 1000
}

/** As if this process had seen no theme yet. */
const forgetThemes = () => {
  forgetProcessState('documents.until-heard.theme')
  for (const name of ['documents.theme', 'documents.texts']) {
    processState(name, () => ({ entries: new Map<string, unknown>() })).entries.clear()
  }
  for (const name of ['themes.resolved', 'texts.made']) forgetProcessState(name)
}

const place = () => ({
  organization: directory().root(),
  origin: 'http://localhost:3000',
  base: '',
  address: '127.0.0.1',
  requestId: newId('req'),
  userAgent: 'bench',
  texts: builtInTexts('en'),
})

const page = 50

/** The text of a token of whoever owns everything. */
const makeToken = (): Promise<string> =>
  withOrganization(directory().root().id, async (tx) => {
    const account = await createAccount(tx, by, { name: 'Bench' })
    await giveRole(tx, by, account.id, { role: 'owner', reach: 'subtree' })
    return (await createToken(tx, by, account.id, { name: 'Bench', scopes: [...builtInRoles.owner] })).text
  })

/** A page of an organization's children, by the interface: the token, the right, the statement and the answer. */
const listing = async (parent: string) => {
  const text = await makeToken()
  const ask = async (query: string) => {
    forgetProcessState('server.rest.limits')
    const path = `/api/v1/organizations/${parent}/children?limit=${page}${query}`
    const answer = await rest().request(path, { headers: { authorization: `Bearer ${text}` } }, place())
    const body = (await answer.json()) as { items?: unknown[]; next_cursor?: string }
    if (body.items?.length !== page || page > childrenOfOne)
      throw new Error(`the list was answered ${answer.status}: ${JSON.stringify(body)}`)
    return body
  }
  const cursor = (await ask('')).next_cursor ?? ''
  return { first: () => ask(''), after: () => ask(`&cursor=${encodeURIComponent(cursor)}`) }
}

type Hashing = { running: number; waiting: (() => void)[]; done: number }

/** The queue of hashes with a clock in it: a hash takes from when it is begun until it is done. */
const clockedHashes = (): { takenMs: () => number } => {
  let taken = 0
  let begun = 0
  const state = { running: 0, waiting: [], done: 0 } satisfies Hashing
  processState<Hashing>('credentials.hashing', () => ({
    waiting: state.waiting,
    get running() {
      return state.running
    },
    set running(count) {
      if (count > state.running) begun = performance.now()
      state.running = count
    },
    get done() {
      return state.done
    },
    set done(count) {
      taken += performance.now() - begun
      state.done = count
    },
  }))
  return { takenMs: () => taken }
}

let statements = 0
const countStatements = () => {
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: Parameters<typeof query>) {
    statements += 1
    return Reflect.apply(query, this, given)
  } as typeof query
}

let networks = 0
/** Another network each time: what one may try is bounded. */
const doorOf = (organizationId: string) => {
  networks += 1
  const address = `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks & 255}`
  return {
    organizationId,
    address: { form: 'path' as const },
    locale: 'en',
    by: { kind: 'visitor' as const, grants: [], address, userAgent: 'bench' },
  }
}

/** A whole sign-in: the password, the ticket that comes of it, and the session looked up. */
const signingIn = (world: World) => {
  const hashes = clockedHashes()
  let [besideHash, said] = [0, 0]
  const once = async (): Promise<number> => {
    const { id, email } = someOf(world.deepest)
    const [hashed, before] = [hashes.takenMs(), statements]
    const took = await timed(async () => {
      const door = doorOf(id)
      const { ticket } = await signIn(door, null, { username: email, password })
      const session = ticket ? await exchange(door, ticket) : null
      if (!session || !(await look(id, session.secret))) throw new Error(`${email} could not sign in`)
    })
    besideHash = took - (hashes.takenMs() - hashed) * 1000
    said = statements - before
    return took
  }
  return { once, besideHash: () => besideHash, statements: () => said }
}

/** From the commit of a change until this process knows of it. */
const changing = async (world: World): Promise<number> => {
  const { id } = someOf(world.deepest)
  const before = directory().byId(id)?.version ?? 0
  await withPlatform((tx) => update(tx, by, id, { name: `Changed ${newId('req').slice(-8)}` }))
  return timed(async () => {
    while (directory().byId(id)?.version === before) await new Promise((resume) => setImmediate(resume))
  })
}

/** How each figure is sampled; the directory is loaded. */
export const samplers = async (world: World) => {
  countStatements()
  const { hostname } = new URL('http://localhost:3000')
  const paths = world.all.slice(1).map(({ handle }) => ({ host: hostname, path: `/o/${handle}/sign-in` }))
  const { first, after } = await listing(world.parent.id)
  const sign = signingIn(world)
  const deep = () => someOf(world.deepest)
  const byAttribute = () => {
    const value = `N-${1 + Number(deep().handle.slice('bench-'.length))}`
    const query = { below: directory().root().id, isDeep: true, attribute: { name: 'crm', value }, limit: page }
    return withPlatform(async (tx) => {
      if ((await list(tx, by, query)).organizations.length !== 1) throw new Error(`nobody is known as ${value}`)
    })
  }
  const forgotten = () => {
    forgetThemes()
    return timed(() => resolve(deep().id))
  }
  const known = async () => {
    const { id } = deep()
    await resolve(id)
    return timed(async () => {
      for (let time = 0; time < perSample; time += 1) await resolve(id)
    }).then((all) => all / perSample)
  }
  const sample: Record<Figure, () => number | Promise<number>> = {
    path: meeting(paths),
    name: meeting(world.all.slice(1).map(({ handle }) => ({ host: `${handle}.${hostname}`, path: '/sign-in' }))),
    host: meeting(world.hosts.map((host) => ({ host, path: '/sign-in' }))),
    anywhere: meetingAnybody(hostname, world.all.length),
    themeWarm: known,
    themeCold: forgotten,
    children: () => timed(first),
    childrenAfter: () => timed(after),
    attribute: () => timed(byAttribute),
    signIn: sign.once,
    signInBesideHash: async () => {
      await sign.once()
      return sign.besideHash()
    },
    change: () => changing(world),
  }
  return { sample, statements: sign.statements }
}
