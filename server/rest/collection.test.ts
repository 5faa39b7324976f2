// The Postman collection, run from top to bottom as Postman runs it: its scripts, its variables, its order.

import { runInNewContext } from 'node:vm'
import { beforeAll, expect, it, vi } from 'vitest'
import { builtInRoles } from '#core/authority/contract'
import { freshDatabase } from '#support/database'
import { type Answer, buildTree, call, tokenAt } from '#support/rest'
import { operations } from '#web/operations'
import { postman } from '#web/postman'
import { fill } from '#web/samples'

vi.mock('#platform/dns', () => ({
  lookUpTxt: async () => [{ resolver: '192.0.2.53', values: [], error: 'ENOTFOUND' }],
}))

freshDatabase()
let token: string
beforeAll(async () => {
  const tree = await buildTree()
  token = (await tokenAt(tree.root, { role: 'owner', scopes: builtInRoles.owner })).text
}, 60_000)

const url = 'http://localhost:3000/api/v1'
type Collection = ReturnType<typeof postman>
type Item = Collection['item'][number]['item'][number]
type Event = { listen: string; script: { exec: string[] } }

class Skipped extends Error {}

/** As much of `pm` as the collection uses. */
const runner = (variables: Map<string, string>) => {
  const failed: string[] = []
  const done: string[] = []
  const run = (events: readonly Event[], listen: string, answer?: Answer) => {
    const pm = {
      collectionVariables: {
        get: (name: string) => variables.get(name),
        set: (name: string, value: unknown) => variables.set(name, String(value)),
      },
      execution: {
        skipRequest: () => {
          throw new Skipped()
        },
      },
      response: { code: answer?.status, headers: answer?.headers, json: () => answer?.json },
      expect: (value: unknown) => ({
        to: { equal: (wanted: unknown) => expect(value).toBe(wanted) },
      }),
      test: (name: string, check: () => void) => {
        try {
          check()
          done.push(name)
        } catch {
          failed.push(`${name}: ${answer?.text}`)
        }
      },
    }
    for (const { script } of events.filter((event) => event.listen === listen)) {
      runInNewContext(script.exec.join('\n'), { pm, Date })
    }
  }
  return { failed, done, run }
}

const send = ({ request }: Item, variables: Map<string, string>): Promise<Answer> => {
  const filled = (text: string) =>
    fill(text.replaceAll('{{$guid}}', crypto.randomUUID()), (name) => variables.get(name) ?? `no ${name}`)
  const raw = 'body' in request ? request.body?.raw : undefined
  return call(request.method, filled(request.url.raw).replace(url, ''), {
    token: variables.get('token'),
    headers: Object.fromEntries(request.header.map(({ key, value }) => [key.toLowerCase(), filled(value)])),
    ...(raw === undefined ? {} : { raw: filled(raw) }),
  })
}

const play = async (more: Record<string, string>) => {
  const collection = postman(url)
  const variables = new Map(collection.variable.map(({ key, value }) => [key, value]))
  for (const [name, value] of Object.entries({ token, ...more })) variables.set(name, value)
  const { failed, done, run } = runner(variables)
  const skipped: string[] = []
  for (const item of collection.item.flatMap((folder) => folder.item)) {
    try {
      run(collection.event, 'prerequest')
      run(item.event, 'prerequest')
    } catch (error) {
      if (!(error instanceof Skipped)) throw error
      skipped.push(item.name)
      continue
    }
    run(item.event, 'test', await send(item, variables))
  }
  return { failed, done, skipped, variables }
}

/** What asks about something that no request of the collection makes. */
const kept = new Set(operations.flatMap(({ example }) => Object.keys(example?.keeps ?? {})))
const withoutValue = operations
  .filter(({ example }) => example?.needs !== undefined && !kept.has(example.needs))
  .map(({ summary }) => summary)

it('is green from top to bottom, twice, and leaves nothing behind', async () => {
  for (const run of ['a', 'b']) {
    const { failed, done, skipped, variables } = await play({ run })
    expect(failed).toEqual([])
    expect(skipped).toEqual(withoutValue)
    expect(done.length).toBeGreaterThan(45)
    const gone = await call('GET', `/organizations/${variables.get('organization')}`, { token })
    expect(gone.status).toBe(404)
  }
})
