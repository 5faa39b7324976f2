import { describe, expect, it } from 'vitest'
import { list as trail } from '#core/audit'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { type Tx, withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { newId } from '#platform/ids'
import { freshDatabase } from '#support/database'
import {
  discardDraft,
  publish,
  publishDraft,
  published,
  readVersion,
  rollback,
  saveDraft,
  standing,
  standings,
  unpublish,
  versions,
} from './index.ts'

freshDatabase()

const inNew = () => {
  const id = newId('org')
  return <T>(fn: (tx: Tx) => Promise<T>) => withOrganization(id, fn)
}
const editor = (personId: string): Actor => ({ kind: 'person', homeId: 'org_home', personId, grants: [] })
const [ada, ben] = [editor('per_ada'), editor('per_ben')]

/** What became of it: its answer, or the code it was refused with. */
const outcome = async <T>(work: Promise<T>): Promise<T | string> => {
  try {
    return await work
  } catch (error) {
    if (isFailure(error)) return error.code
    throw error
  }
}
const at = (tx: Tx) => standing(tx, 'flow', 'sign-in')
const save = (by: Actor, body: unknown, seen: number) => (tx: Tx) => saveDraft(tx, by, 'flow', 'sign-in', body, seen)
const everything = { limit: 100, before: null }

describe('a draft', () => {
  it('is kept beside what is published, with who saved it and what it was begun from', async () => {
    const within = inNew()
    expect(await within(at)).toEqual({ draft: null, draftVersion: 1, published: null })
    expect(await within(save(ada, { a: 1 }, 1))).toBe(2)
    expect(await within(at)).toMatchObject({
      draft: { body: { a: 1 }, from: null, by: { homeId: 'org_home', id: 'per_ada' } },
      draftVersion: 2,
      published: null,
    })
    await within((tx) => publishDraft(tx, ada, 'flow', 'sign-in', { ifMatch: 2 }))
    expect(await within(save(ben, { a: 2 }, 3))).toBe(4)
    expect(await within(at)).toMatchObject({
      draft: { body: { a: 2 }, from: 1, by: { id: 'per_ben' } },
      published: { version: 1, body: { a: 1 } },
    })
    expect([...(await within((tx) => standings(tx, 'flow'))).keys()]).toEqual(['sign-in'])
  })

  it('remembers what it was begun from while it is changed', async () => {
    const within = inNew()
    await within((tx) => publish(tx, ada, 'flow', 'sign-in', { a: 1 }))
    const first = await within(save(ada, { a: 2 }, 1))
    await within((tx) => publish(tx, ben, 'flow', 'sign-in', { b: 1 }))
    await within(save(ada, { a: 3 }, first))
    expect(await within(at)).toMatchObject({ draft: { body: { a: 3 }, from: 1 }, published: { version: 2 } })
  })

  it('of one editor is not overwritten by another who has seen an earlier one', async () => {
    const within = inNew()
    const seen = await within(save(ada, { a: 1 }, 1))
    expect(await within(save(ben, { b: 1 }, seen))).toBe(seen + 1)
    for (const stale of [seen, 1, 0, 99]) {
      expect(await outcome(within(save(ada, { a: 2 }, stale)))).toBe('flow.changed_elsewhere')
    }
    expect((await within(at)).draft?.body).toEqual({ b: 1 })
  })

  it('is begun by one of many who begin at the same moment', async () => {
    const within = inNew()
    const all = await Promise.all(Array.from({ length: 10 }, (_, index) => outcome(within(save(ada, { index }, 1)))))
    expect(all.filter((one) => one === 2)).toHaveLength(1)
    expect(all.filter((one) => one === 'flow.changed_elsewhere')).toHaveLength(9)
    expect((await within(at)).draft?.body).toEqual({ index: all.indexOf(2) })
  })

  it('that was dropped comes back for nobody who still has it open', async () => {
    const within = inNew()
    const seen = await within(save(ada, { a: 1 }, 1))
    await within((tx) => discardDraft(tx, 'flow', 'sign-in', seen))
    expect((await within(at)).draft).toBeNull()
    expect(await outcome(within(save(ben, { b: 1 }, seen)))).toBe('flow.changed_elsewhere')
    expect(await outcome(within((tx) => discardDraft(tx, 'flow', 'sign-in', seen + 1)))).toBe('flow.no_draft')
    expect(await within(save(ben, { b: 1 }, seen + 1))).toBe(seen + 2)
    expect(await outcome(within((tx) => discardDraft(tx, 'flow', 'sign-in', seen)))).toBe('flow.changed_elsewhere')
  })

  it('is of its organization', async () => {
    const [within, elsewhere] = [inNew(), inNew()]
    await within(save(ada, { a: 1 }, 1))
    expect((await elsewhere(at)).draft).toBeNull()
    expect(await outcome(elsewhere(save(ada, { a: 1 }, 2)))).toBe('flow.changed_elsewhere')
  })
})

describe('publishing a draft', () => {
  it('publishes what was seen, and leaves none', async () => {
    const within = inNew()
    const seen = await within(save(ada, { a: 1 }, 1))
    expect(await within((tx) => publishDraft(tx, ben, 'flow', 'sign-in', { ifMatch: seen, note: 'The first' }))).toBe(1)
    expect(await within(at)).toEqual({
      draft: null,
      draftVersion: seen + 1,
      published: { name: 'sign-in', version: 1, body: { a: 1 } },
    })
    expect(await within((tx) => versions(tx, 'flow', 'sign-in', everything))).toEqual([
      {
        version: 1,
        note: 'The first',
        publishedAt: expect.any(Date),
        by: { kind: 'person', homeId: 'org_home', id: 'per_ben' },
        restored: null,
        isPublished: true,
      },
    ])
    expect(await outcome(within((tx) => publishDraft(tx, ben, 'flow', 'sign-in', { ifMatch: seen + 1 })))).toBe(
      'flow.no_draft',
    )
  })

  it('is refused with what the check says, and the draft stays as it was', async () => {
    const within = inNew()
    const seen = await within(save(ada, { a: 1 }, 1))
    const check = (body: unknown) => {
      throw new Error(`no: ${JSON.stringify(body)}`)
    }
    const refused = within((tx) => publishDraft(tx, ada, 'flow', 'sign-in', { ifMatch: seen, check }))
    await expect(refused).rejects.toThrow('no: {"a":1}')
    expect(await within(at)).toMatchObject({ draft: { body: { a: 1 } }, draftVersion: seen, published: null })
  })

  it('while somebody saves publishes the one or the other, and never what nobody has seen', async () => {
    for (let round = 0; round < 5; round += 1) {
      const within = inNew()
      const seen = await within(save(ada, { by: 'ada' }, 1))
      const [saved, version] = await Promise.all([
        outcome(within(save(ben, { by: 'ben' }, seen))),
        outcome(within((tx) => publishDraft(tx, ada, 'flow', 'sign-in', { ifMatch: seen }))),
      ])
      const { draft, published: met } = await within(at)
      if (version === 1) {
        expect([saved, draft, met?.body]).toEqual(['flow.changed_elsewhere', null, { by: 'ada' }])
      } else {
        expect([saved, version, draft?.body, met]).toEqual([seen + 1, 'flow.changed_elsewhere', { by: 'ben' }, null])
      }
    }
  })

  it('by many at once publishes it once', async () => {
    const within = inNew()
    const seen = await within(save(ada, { a: 1 }, 1))
    const all = await Promise.all(
      Array.from({ length: 10 }, () =>
        outcome(within((tx) => publishDraft(tx, ada, 'flow', 'sign-in', { ifMatch: seen }))),
      ),
    )
    expect(all.filter((one) => one === 1)).toHaveLength(1)
    expect(all.filter((one) => one === 1 || one === 'flow.changed_elsewhere' || one === 'flow.no_draft')).toHaveLength(
      10,
    )
    expect(await within((tx) => versions(tx, 'flow', 'sign-in', everything))).toHaveLength(1)
  })

  it('fifty times at once gives fifty versions', async () => {
    const within = inNew()
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, index) => within((tx) => publish(tx, ada, 'flow', 'sign-in', { index }))),
    )
    const expected = Array.from({ length: 50 }, (_, index) => index + 1)
    expect(all.toSorted((a, b) => a - b)).toEqual(expected)
    const kept = await within((tx) => versions(tx, 'flow', 'sign-in', everything))
    expect(kept.map(({ version }) => version)).toEqual(expected.toReversed())
    expect(kept.filter(({ isPublished }) => isPublished).map(({ version }) => version)).toEqual([50])
    for (const index of [0, 49]) {
      expect(await within((tx) => readVersion(tx, 'flow', 'sign-in', all[index] ?? 0))).toEqual({ index })
    }
  })
})

describe('the history', () => {
  const withThree = async () => {
    const within = inNew()
    for (const a of [1, 2, 3]) await within((tx) => publish(tx, ada, 'flow', 'sign-in', { a }))
    return within
  }

  it('is read part by part, the newest first', async () => {
    const within = await withThree()
    const read = async (before: number | null) =>
      (await within((tx) => versions(tx, 'flow', 'sign-in', { limit: 2, before }))).map(({ version }) => version)
    expect(await read(null)).toEqual([3, 2])
    expect(await read(2)).toEqual([1])
    expect(await read(1)).toEqual([])
  })

  it('brings an old body back as the next version', async () => {
    const within = await withThree()
    expect(await within((tx) => rollback(tx, ben, 'flow', 'sign-in', { version: 1, note: 'Too strict' }))).toBe(4)
    expect(await within((tx) => published(tx, 'flow', 'sign-in'))).toEqual({
      name: 'sign-in',
      version: 4,
      body: { a: 1 },
    })
    const [newest] = await within((tx) => versions(tx, 'flow', 'sign-in', everything))
    expect(newest).toMatchObject({
      version: 4,
      restored: 1,
      note: 'Too strict',
      by: { id: 'per_ben' },
      isPublished: true,
    })
    expect(await within((tx) => readVersion(tx, 'flow', 'sign-in', 3))).toEqual({ a: 3 })
  })

  it.each([0, 4, -1])('knows no version %i', async (version) => {
    const within = await withThree()
    expect(await outcome(within((tx) => rollback(tx, ada, 'flow', 'sign-in', { version })))).toBe(
      'flow.version_unknown',
    )
    expect((await within((tx) => published(tx, 'flow', 'sign-in')))?.version).toBe(3)
  })

  it('brings nothing back that the check refuses', async () => {
    const within = await withThree()
    const check = () => {
      throw new Error('no longer')
    }
    await expect(within((tx) => rollback(tx, ada, 'flow', 'sign-in', { version: 1, check }))).rejects.toThrow(
      'no longer',
    )
    expect(await within((tx) => versions(tx, 'flow', 'sign-in', everything))).toHaveLength(3)
  })

  it('stays when nothing is published any more, and goes on from there', async () => {
    const within = await withThree()
    expect(await within((tx) => unpublish(tx, ada, 'flow', 'sign-in'))).toBe(true)
    expect(await within((tx) => unpublish(tx, ada, 'flow', 'sign-in'))).toBe(false)
    expect(await within((tx) => published(tx, 'flow', 'sign-in'))).toBeNull()
    const kept = await within((tx) => versions(tx, 'flow', 'sign-in', everything))
    expect(kept.map(({ version, isPublished }) => [version, isPublished])).toEqual([
      [3, false],
      [2, false],
      [1, false],
    ])
    expect(await within((tx) => publish(tx, ada, 'flow', 'sign-in', { a: 4 }))).toBe(4)
  })

  it('is in the trail: what was published, brought back and taken back, and no draft', async () => {
    const within = await withThree()
    await within(save(ada, { a: 4 }, 1))
    await within((tx) => rollback(tx, ada, 'flow', 'sign-in', { version: 2 }))
    await within((tx) => unpublish(tx, ada, 'flow', 'sign-in'))
    const { records } = await within((tx) => trail(tx, systemActor, [], { limit: 10 }))
    expect(records.map(({ action, details }) => [action, details?.version])).toEqual([
      ['flow.unpublished', 4],
      ['flow.rolled_back', 4],
      ['flow.published', 3],
      ['flow.published', 2],
      ['flow.published', 1],
    ])
  })
})
