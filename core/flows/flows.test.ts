import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { builtInRoles, type ConsolePermission } from '#core/authority/contract'
import { publish } from '#core/documents'
import { create, loadDirectory } from '#core/organizations'
import { engine, useEngine, withOrganization, withPlatform } from '#platform/database'
import { isFailure } from '#platform/failure'
import { freshDatabase } from '#support/database'
import { flowSteps as catalogue } from '#support/flow-steps'
import type { Flow } from './contract.ts'
import {
  discardFlow,
  draftOf,
  findingsOf,
  flowFor,
  flowHistory,
  flowNamed,
  flowVersion,
  listFlows,
  lookAtFlow,
  publishFlow,
  readyMade,
  rollBackFlow,
  saveFlow,
  tryFlow,
  unpublishFlow,
} from './index.ts'

freshDatabase()
let count = 0
let [root, parent, child] = ['', '', '']
const make = async (parentId: string | null): Promise<string> => {
  count += 1
  const wanted = { parentId, handle: `flows-${count}`, name: `Flows ${count}` }
  const { id } = await withPlatform((tx) => create(tx, systemActor, wanted))
  await loadDirectory()
  return id
}
beforeAll(async () => {
  root = await make(null)
})
beforeEach(async () => {
  parent = await make(root)
  child = await make(parent)
})

const actor = (at: string, ...permissions: ConsolePermission[]): Actor => ({
  kind: 'person',
  homeId: at,
  personId: 'per_ada',
  grants: permissions.map((permission) => ({ permission, organizationId: at, reach: 'subtree' })),
})
const owner = (at: string) => actor(at, ...builtInRoles.owner)

const passkeys: Flow = readyMade['passkey-first'].flow
const codes: Flow = readyMade['email-code'].flow
const open: Flow = { label: 'Open', start: 'who', nodes: { who: { step: 'identifier', next: 'end' } } }

const failure = async (work: Promise<unknown>) => {
  try {
    await work
    return 'fine'
  } catch (error) {
    if (!isFailure(error)) throw error
    return { code: error.code, findings: findingsOf(error.data).map(({ code }) => code) }
  }
}
const codeOf = async (work: Promise<unknown>) => {
  const found = await failure(work)
  return typeof found === 'string' ? found : found.code
}

/** Saves and publishes as the console does. */
const publishAt = (id: string, flow: Flow, by: Actor = owner(id), name: Parameters<typeof saveFlow>[2] = 'sign-in') =>
  withOrganization(id, async (tx) => {
    const seen = (await draftOf(tx, by, name)).draftVersion
    const { draftVersion: ifMatch } = await saveFlow(tx, by, name, flow, seen)
    return publishFlow(tx, by, name, { ifMatch, catalogue })
  })
/** What counts there as soon as it was heard. */
const labelAt = async (id: string, name: Parameters<typeof flowFor>[1] = 'sign-in') =>
  (await flowFor(id, name)).flow.label

describe('the flow that counts', () => {
  it('is the ready-made one where nobody has published any', async () => {
    expect(await flowFor(child, 'sign-in')).toEqual({
      flow: readyMade.password.flow,
      source: { organizationId: null, name: 'sign-in', version: 0 },
    })
    for (const name of ['sign-up', 'recovery', 'invitation'] as const) {
      expect((await flowFor(child, name)).flow).toEqual(readyMade[name].flow)
    }
  })

  it('is the nearest one along the chain, and is heard of at once', async () => {
    await flowFor(child, 'sign-in')
    await publishAt(parent, passkeys)
    await expect.poll(() => labelAt(child)).toBe(passkeys.label)
    expect((await flowFor(child, 'sign-in')).source).toEqual({ organizationId: parent, name: 'sign-in', version: 1 })
    expect(await labelAt(root)).toBe(readyMade.password.flow.label)

    await publishAt(child, codes)
    await expect.poll(() => labelAt(child)).toBe(codes.label)
    expect(await labelAt(parent)).toBe(passkeys.label)

    await withOrganization(child, (tx) => unpublishFlow(tx, owner(child), 'sign-in'))
    await expect.poll(() => labelAt(child)).toBe(passkeys.label)
  })

  it('of staff is that of everybody where none was published for them', async () => {
    expect((await flowFor(child, 'sign-in-staff')).source).toEqual({
      organizationId: null,
      name: 'sign-in',
      version: 0,
    })
    await publishAt(parent, codes)
    await expect.poll(async () => (await flowFor(child, 'sign-in-staff')).source.organizationId).toBe(parent)
    await publishAt(parent, passkeys, owner(parent), 'sign-in-staff')
    await expect.poll(() => labelAt(child, 'sign-in-staff')).toBe(passkeys.label)
    expect(await labelAt(child)).toBe(codes.label)
  })

  it('costs no statement once it is known', async () => {
    await publishAt(parent, passkeys)
    await expect.poll(() => labelAt(child)).toBe(passkeys.label)
    const whole = await engine()
    const said: string[] = []
    const counting = {
      transformQuery: <Node>({ node }: { node: Node }) => {
        // Changes are polled for in the background all the while.
        if (JSON.stringify(node).includes('document')) said.push('a statement')
        return node
      },
      transformResult: async <Result>({ result }: { result: Result }) => result,
    }
    useEngine({ ...whole, sql: whole.sql.withPlugin(counting as never) })
    try {
      for (let turn = 0; turn < 20; turn += 1) await flowFor(child, 'sign-in')
      expect(said).toEqual([])
      // And it would have been noticed.
      await withOrganization(child, (tx) => draftOf(tx, owner(child), 'sign-in'))
      expect(said.length).toBeGreaterThan(0)
    } finally {
      useEngine(whole)
    }
  })

  it('is what is inherited where what was published can no longer be read', async () => {
    await publishAt(parent, passkeys)
    await withOrganization(child, (tx) =>
      publish(tx, systemActor, 'flow', 'sign-in', { label: 'Later', start: 'a', nodes: { a: { step: 'telepathy' } } }),
    )
    await expect.poll(() => labelAt(child)).toBe(passkeys.label)
    const { flow } = await withOrganization(child, (tx) => flowVersion(tx, owner(child), 'sign-in', 1))
    expect(flow).toBeNull()
  })
})

describe('whoever looks after flows', () => {
  it('sees what counts, what would count, and what is being worked on', async () => {
    await publishAt(parent, passkeys)
    await publishAt(child, codes)
    await withOrganization(child, (tx) => saveFlow(tx, owner(child), 'sign-in', passkeys, 3))
    await expect.poll(() => labelAt(child)).toBe(codes.label)
    const view = await lookAtFlow(owner(child), child, 'sign-in')
    expect(view).toMatchObject({
      effective: { source: { organizationId: child, version: 1 } },
      inherited: { source: { organizationId: parent, version: 1 } },
      draft: { body: passkeys, from: 1, by: { id: 'per_ada' } },
      draftVersion: 4,
    })
    const all = await listFlows(owner(child), child)
    expect(all.map(({ name, draft }) => [name, draft !== null])).toEqual([
      ['sign-in', true],
      ['sign-in-staff', false],
      ['sign-up', false],
      ['recovery', false],
      ['invitation', false],
    ])
  })

  it('keeps an unfinished flow, and none that is no flow', async () => {
    expect(await withOrganization(child, (tx) => saveFlow(tx, owner(child), 'sign-in', open, 1))).toMatchObject({
      draft: { body: open },
      draftVersion: 2,
    })
    const nonsense = withOrganization(child, (tx) => saveFlow(tx, owner(child), 'sign-in', { label: 'x' }, 2))
    expect(await failure(nonsense)).toEqual({ code: 'flow.invalid', findings: ['flow.shape', 'flow.shape'] })
    expect((await withOrganization(child, (tx) => draftOf(tx, owner(child), 'sign-in'))).draft?.body).toEqual(open)
  })

  it('publishes nothing that its checks refuse, and is told why', async () => {
    expect(await failure(publishAt(child, open))).toEqual({ code: 'flow.has_errors', findings: ['flow.unproven_end'] })
    expect(await labelAt(child)).toBe(readyMade.password.flow.label)
    expect(tryFlow(owner(child), child, 'sign-in', open, catalogue).findings.map(({ code }) => code)).toEqual([
      'flow.unproven_end',
    ])
    // Each name has a purpose of its own.
    expect(tryFlow(owner(child), child, 'recovery', passkeys, catalogue).findings.map(({ code }) => code)).toContain(
      'flow.step_not_here',
    )
  })

  it('brings an earlier version back, if it still passes', async () => {
    await withOrganization(child, (tx) => publish(tx, systemActor, 'flow', 'sign-in', open))
    await publishAt(child, codes)
    const back = (version: number) =>
      withOrganization(child, (tx) => rollBackFlow(tx, owner(child), 'sign-in', { version, catalogue, note: 'Back' }))
    expect(await failure(back(1))).toEqual({ code: 'flow.has_errors', findings: ['flow.unproven_end'] })
    expect(await codeOf(back(9))).toBe('flow.version_unknown')
    expect(await back(2)).toBe(3)
    const history = await withOrganization(child, (tx) =>
      flowHistory(tx, owner(child), 'sign-in', { limit: 10, before: null }),
    )
    expect(history.map(({ version, restored, isPublished }) => [version, restored, isPublished])).toEqual([
      [3, 2, true],
      [2, null, false],
      [1, null, false],
    ])
  })

  it('drops a draft that they have seen', async () => {
    const { draftVersion: ifMatch } = await withOrganization(child, (tx) =>
      saveFlow(tx, owner(child), 'sign-in', codes, 1),
    )
    const drop = (seen: number) => withOrganization(child, (tx) => discardFlow(tx, owner(child), 'sign-in', seen))
    expect(await codeOf(drop(1))).toBe('flow.changed_elsewhere')
    expect(await codeOf(drop(ifMatch))).toBe('fine')
    expect(await codeOf(drop(ifMatch + 1))).toBe('flow.no_draft')
  })

  it.each(['sign-out', '', '__proto__', 'constructor', 'Sign-In'])('knows no flow by the name %j', (name) => {
    expect(() => flowNamed(name)).toThrow('flow.unknown')
  })
})

describe('rights', () => {
  const everything = (by: Actor): Record<string, () => Promise<unknown>> => ({
    list: () => listFlows(by, child),
    look: () => lookAtFlow(by, child, 'sign-in'),
    draft: () => withOrganization(child, (tx) => draftOf(tx, by, 'sign-in')),
    try: async () => tryFlow(by, child, 'sign-in', codes, catalogue),
    history: () => withOrganization(child, (tx) => flowHistory(tx, by, 'sign-in', { limit: 5, before: null })),
    version: () => withOrganization(child, (tx) => flowVersion(tx, by, 'sign-in', 1)),
    save: () => withOrganization(child, (tx) => saveFlow(tx, by, 'sign-in', codes, 3)),
    discard: () => withOrganization(child, (tx) => discardFlow(tx, by, 'sign-in', 4)),
    publish: () => withOrganization(child, (tx) => publishFlow(tx, by, 'sign-in', { ifMatch: 5, catalogue })),
    rollback: () => withOrganization(child, (tx) => rollBackFlow(tx, by, 'sign-in', { version: 1, catalogue })),
    unpublish: () => withOrganization(child, (tx) => unpublishFlow(tx, by, 'sign-in')),
  })
  const reading = ['list', 'look', 'draft', 'try', 'history', 'version']

  it.each<[string, ConsolePermission[], string[]]>([
    ['reading alone', ['flow.read'], reading],
    ['editing without publishing', ['flow.read', 'flow.edit'], [...reading, 'save', 'discard']],
    ['publishing', ['flow.read', 'flow.publish'], [...reading, 'publish', 'rollback', 'unpublish']],
    ['the look alone', ['organization.read', 'theme.publish'], []],
  ])('to %s are exactly that', async (_, permissions, allowed) => {
    await publishAt(child, codes)
    for (const [what, act] of Object.entries(everything(actor(child, ...permissions)))) {
      const code = await codeOf(act())
      expect([what, code === 'authority.denied']).toEqual([what, !allowed.includes(what)])
    }
  })

  it('elsewhere are none: whoever holds nothing here learns nothing', async () => {
    const beside = await make(root)
    for (const act of Object.values(everything(owner(beside)))) expect(await codeOf(act())).toBe('authority.unknown')
    for (const act of Object.values(everything(actor(parent, 'flow.read')))) {
      expect(await codeOf(act())).not.toBe('authority.unknown')
    }
  })
})
