import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { envExample } from '#platform/env'
import {
  type Doc,
  docsOf,
  exists,
  hasHeading,
  isThere,
  linksOf,
  moduleRowsOf,
  modulesOf,
  pathsOf,
  scriptsOf,
  variablesOf,
} from './docs.ts'

const root = join(import.meta.dirname, '../..')
const docs = docsOf(root)
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const settings = [...envExample().matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name)
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts)

/** Variables that are for whoever works on the code: read where they are needed, part of no start. */
const isReadSomewhere = (name: string): boolean =>
  globSync('{bench,cli,platform,tests}/**/*.{ts,mjs}', { cwd: root }).some((file) =>
    new RegExp(`process\\.env(?:\\.|\\[')${name}\\b`).test(read(file)),
  )

describe.each(docs.map((doc) => [doc.file, doc] as const))('%s', (_, doc) => {
  it('links to what is there', () => {
    for (const { path, heading } of linksOf(doc)) {
      expect(exists(root, path), path).toBe(true)
      if (heading !== null) expect(hasHeading(read(path), heading), `${path}#${heading}`).toBe(true)
    }
  })

  it('names files that are there', () => {
    expect(pathsOf(doc).filter((named) => !isThere(root, named))).toEqual([])
  })

  it('names commands and settings that exist', () => {
    expect(scriptsOf(doc).filter((name) => !scripts.includes(name))).toEqual([])
    const unknown = variablesOf(doc).filter((name) => !settings.includes(name) && !isReadSomewhere(name))
    expect(unknown).toEqual([])
  })
})

describe('what there is', () => {
  it('every setting stands in the table of the guide', () => {
    const named = [...read('docs/guides/operate.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name)
    expect(named.toSorted()).toEqual(settings.toSorted())
  })

  it('every module has a row in the house, and every row a module', () => {
    expect(moduleRowsOf(read('docs/house.md')).toSorted()).toEqual(modulesOf(root).toSorted())
  })

  it('the house states the order that is enforced', () => {
    const [, enforced = ''] = /const rows = \[([\s\S]*?)\n\]/.exec(read('.dependency-cruiser.cjs')) ?? []
    const rows = [...enforced.matchAll(/\[([^\]]+)\]/g)].map(([, row = '']) => row.replaceAll("'", ''))
    expect(rows.length).toBeGreaterThan(5)
    expect(read('docs/house.md').replace(/\s+/g, ' ')).toContain(rows.join(' < '))
  })

  it('every decision is in the list, in order', () => {
    const files = globSync('docs/decisions/[0-9]*.md', { cwd: root }).sort()
    const listed = [...read('docs/decisions/README.md').matchAll(/\]\((\d{3}-[^)]+\.md)\)/g)].map(([, name]) => name)
    expect(listed).toEqual(files.map((file) => file.split('/').at(-1)))
    expect(listed.map((name) => Number(name?.slice(0, 3)))).toEqual(listed.map((_, index) => index + 1))
    for (const file of files)
      expect(read(file)).toMatch(
        /^# \d{3} .+\n\n\d{4}-\d\d-\d\d\n\n## Context\n[\s\S]+\n## Decision\n[\s\S]+\n## Consequences\n/,
      )
  })
})

describe('a page that has gone stale', () => {
  const page = (text: string): Doc => ({ file: 'docs/guides/page.md', text })

  it.each([
    ['a link', '[x](../gone.md)', { path: 'docs/gone.md', heading: null }],
    ['a heading', '[x](../house.md#gone)', { path: 'docs/house.md', heading: 'gone' }],
  ])('is found by %s', (__, text, found) => {
    expect(linksOf(page(text))).toEqual([found])
    expect(found.heading === null ? exists(root, found.path) : hasHeading(read(found.path), found.heading)).toBe(false)
  })

  it.each(['core/gone/index.ts', 'app/[site]/gone/…/route.ts', 'themes/<brand>/gone.json', 'gone-for-good.ts'])(
    'is found by the file %s',
    (named) => {
      expect(pathsOf(page(`see \`${named}\``))).toEqual([named])
      expect(isThere(root, named)).toBe(false)
    },
  )

  it('is found by a command or a setting, in a block of code too', () => {
    const text = '```\nLIVERY_GONE=1 npm run gone\n```'
    expect(scriptsOf(page(text))).toEqual(['gone'])
    expect(variablesOf(page(text))).toEqual(['LIVERY_GONE'])
    expect(isReadSomewhere('LIVERY_GONE')).toBe(false)
  })

  it('is not found by what is elsewhere or is no path', () => {
    const text = '[x](https://example.com/a.md) [y](#here) `npm test` `/sign-in` `pg_dump` `themes/README.md`'
    expect(linksOf(page(text))).toEqual([])
    expect(pathsOf(page(text))).toEqual(['themes/README.md'])
  })
})
