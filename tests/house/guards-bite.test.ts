// A guard that never turns red guards nothing: each is shown a small house in which one thing is wrong.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { generatedFiles, staleFiles } from '../../cli/generate.ts'
import { dependencyBreaches } from './dependencies.ts'
import { escapes, misnamed, tooLong } from './names-and-sizes.ts'
import { inexact, tiedToRegistry, unlicensed } from './packages.ts'
import { strayTables } from './tables.ts'

const root = join(import.meta.dirname, '../..')
let house = ''
const put = (file: string, text: string) => {
  mkdirSync(dirname(join(house, file)), { recursive: true })
  writeFileSync(join(house, file), text)
}
const putAll = (files: Record<string, string>) => {
  for (const [file, text] of Object.entries(files)) put(file, text)
}
beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'livery-house-'))
})
afterEach(() => rmSync(house, { recursive: true, force: true }))

describe('imports', () => {
  const door = 'export const door = 1\n'
  const use = (from: string) => `import { door } from '${from}'\nexport const mine = door\n`
  const modules = (...names: string[]) => Object.fromEntries(names.map((name) => [`core/${name}/index.ts`, door]))
  /** A module of one row that calls one of a row below it. */
  const upwards = (module: string, above: string) => ({
    ...modules(above),
    [`core/${module}/index.ts`]: use(`#core/${above}`),
  })

  const plants: Record<string, Record<string, string>> = {
    'platform-alone': { ...modules('people'), 'platform/log.ts': use('#core/people') },
    'core-downhill': { 'web/site.ts': door, 'core/people/index.ts': use('#web/site') },
    'web-downhill': { 'server/index.ts': door, 'web/site.ts': use('../server/index.ts') },
    'server-downhill': { 'cli/livery.ts': door, 'server/index.ts': use('../cli/livery.ts') },
    'app-downhill': { 'demo/seed.ts': door, 'app/page.tsx': use('#demo/seed') },
    'ui-downhill': { ...modules('people'), 'ui/page.tsx': use('#core/people') },
    'demo-downhill': { 'web/site.ts': door, 'demo/seed.ts': use('#web/site') },
    'world-is-plain-data': { 'platform/log.ts': door, 'demo/world.ts': use('#platform/log') },
    'cli-downhill': { 'server/index.ts': door, 'cli/livery.ts': use('../server/index.ts') },
    'no-framework-below-app': {
      'core/people/index.ts': "import { useState } from 'react'\nexport const x = useState\n",
    },
    'server-without-next': { 'server/index.ts': "import next from 'next'\nexport const x = next\n" },
    'server-next-main-entry': {
      'server/next.ts': "import { headers } from 'next/headers.js'\nexport const x = headers\n",
    },
    'no-jsx-below-ui': { 'web/page.tsx': door, 'web/site.ts': use('./page.tsx') },
    'module-doors': {
      'core/people/rules.ts': door,
      'core/login/index.ts': use('../people/rules.ts'),
    },
    'doors-from-outside': { 'core/people/rules.ts': door, 'server/index.ts': use('../core/people/rules.ts') },
    'order-authority': upwards('authority', 'organizations'),
    'order-organizations': upwards('organizations', 'people'),
    'order-people': upwards('people', 'sessions'),
    'order-sessions': upwards('sessions', 'emails'),
    'order-emails': upwards('emails', 'credentials'),
    'order-credentials': upwards('credentials', 'roster'),
    'order-roster': { ...upwards('roster', 'login'), ...upwards('onboarding', 'login') },
    'order-login': upwards('login', 'applications'),
    'order-applications': upwards('applications', 'account'),
    'module-in-order': { 'platform/log.ts': door, 'core/newcomer/index.ts': use('#platform/log') },
    'no-folder-circle': {
      'core/people/index.ts': "export { one } from './one.ts'\nexport const door = 1\n",
      'core/people/one.ts': "import { rest } from '#core/access'\nexport const one = rest\n",
      'core/access/index.ts': "export { rest } from './rest.ts'\nexport { two } from './two.ts'\n",
      'core/access/rest.ts': 'export const rest = 1\n',
      'core/access/two.ts': use('#core/people').replace('mine', 'two'),
    },
    'no-file-circle': {
      'platform/one.ts': "import { two } from './two.ts'\nexport const one = () => two\n",
      'platform/two.ts': "import { one } from './one.ts'\nexport const two = () => one\n",
    },
    resolvable: { 'core/people/rules.ts': door, 'core/login/index.ts': use('#core/people/rules') },
    'no-dev-packages': { 'core/people/index.ts': "import fc from 'fast-check'\nexport const x = fc\n" },
  }

  beforeEach(() => {
    for (const file of ['.dependency-cruiser.cjs', 'package.json']) cpSync(join(root, file), join(house, file))
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
  })
  const broken = async () => {
    const { breaches } = await dependencyBreaches(house, readdirSync(house))
    return [...new Set(breaches.map(({ rule }) => rule))]
  }

  it('have a plant for every rule', () => {
    const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
      forbidden: { name: string }[]
    }
    expect(Object.keys(plants).toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted())
  })

  it.each(Object.keys(plants))('break %s', async (rule) => {
    putAll(plants[rule] ?? {})
    expect(await broken()).toContain(rule)
  })

  it('that run downhill break nothing', async () => {
    putAll({
      'platform/log.ts': door,
      'core/audit/index.ts': use('#platform/log'),
      'core/people/index.ts': use('#core/audit'),
      'core/people/contract.ts': 'export type Person = { id: string }\n',
      'core/login/index.ts': use('#core/audit'),
      'web/site.ts': use('#core/audit'),
      'server/index.ts': use('#core/audit'),
      'server/next.ts': "import next from 'next'\nexport const x = next\n",
      'ui/page.tsx':
        "import type { Person } from '#core/people/contract'\nexport const name = ({ id }: Person) => id\n",
      'app/page.tsx': use('#core/audit'),
      'core/people/index.test.ts': "import { name } from '../../ui/page.tsx'\nexport const x = name\n",
    })
    expect(await broken()).toEqual([])
  })
})

it.each([
  'core/People/index.ts',
  'core/people/emailRules.ts',
  'core/people/email_rules.ts',
  'core/people/utils.ts',
  'core/people/string-helpers.ts',
  'core/shared/index.ts',
  'core/session-manager/index.ts',
  'server/mail.service.ts',
  'web/tenant.ts',
  'app/[Site]/page.tsx',
  'app/(SignIn)/page.tsx',
  'ui/common/page.tsx',
  'migrations/0001-first.sql',
])('a file may not be called %s', (file) => {
  put(file, '')
  put('app/[site]/(sign-in)/[...rest]/_doors/page.tsx', '')
  put('migrations/0001_first.sql', '')
  put('core/people/people.test.ts', '')
  expect(misnamed(house)).toEqual([file])
})

it('a file of 301 lines is too long', () => {
  put('core/long.ts', 'export {}\n'.repeat(301))
  put('ui/long.css', 'a {}\n'.repeat(301))
  put('core/right.ts', 'export {}\n'.repeat(300))
  put('themes/base/long.css', 'a {}\n'.repeat(301))
  expect(tooLong(house)).toEqual(['core/long.ts', 'ui/long.css'])
})

// Put together here, or this file would be found.
const at = (word: string) => `// @ts-${word}\nexport const x = 1\n`
const test = (word: string) => `import { it } from 'vitest'\nit.${word}('x', () => {})\n`
it.each([
  ['silences the compiler', 'core/x.ts', at('ignore')],
  ['silences the compiler', 'core/x.tsx', at('expect-error')],
  ['silences the compiler', 'cli/x.mjs', at('nocheck')],
  ['leaves out a test', 'core/x.test.ts', test('skip')],
  ['leaves out a test', 'core/x.test.ts', test('only')],
  ['leaves out a test', 'tests/e2e/x.spec.ts', test('fixme')],
  ['leaves out a test', 'core/x.test.ts', test('concurrent.todo')],
  ['uses any', 'core/x.ts', 'export const x = (given: any) => given\n'],
  ['uses any', 'ui/x.tsx', 'export const x = <b>{(1 as any).y}</b>\n'],
  ['uses any', 'core/x.ts', 'export type X = Record<string, any[]>\n'],
  ['asserts that something is there', 'core/x.ts', 'export const x = (a?: string) => a!.length\n'],
  ['cannot be stripped', 'core/x.ts', 'export enum X { A }\n'],
  ['cannot be stripped', 'core/x.ts', 'export class X { constructor(private readonly y: number) {} }\n'],
])('whoever %s in %s is found', (what, file, text) => {
  put(file, text)
  put('core/fine.ts', '// as any browser does; skip only this @ts-check\nexport const any = (x: unknown) => x\n')
  expect(escapes(house)).toEqual([`${file} ${what}`])
})

describe('tables', () => {
  beforeEach(() => {
    put('migrations/0001_first.sql', 'create table people (id text);\ncreate table passwords (id text);\n')
    put('core/people/store.ts', "export const find = (sql: never) => sql.selectFrom('people as p')\n")
    put('core/credentials/store.ts', 'export const find = (sql: never) => sql`select 1 from passwords`\n')
  })

  it('that stay in their store are fine, whatever a statement calls its own parts', () => {
    put('core/login/store.ts', 'export const x = (sql: never) => sql`with people as (select 1) select * from people`\n')
    put('core/people/store.test.ts', 'export const x = (sql: never) => sql`select 1 from people`\n')
    put('core/login/words.ts', "// mail comes from people\nexport const x = 'from people'\n")
    expect(strayTables(house)).toEqual([])
  })

  it.each([
    ['core/login/index.ts', "export const x = (sql: never) => sql.innerJoin('people', 'a', 'b')\n"],
    ['core/people/index.ts', "export const x = (sql: never) => sql.updateTable('people')\n"],
    ['server/health.ts', 'export const x = (sql: never) => sql`delete from people`.execute(sql)\n'],
    ['app/page.ts', 'export const x = (tx: never) => tx.query("select 1 from organizations join people on true")\n'],
    ['platform/x.ts', 'export const x = (tx: never) => tx.script(`update x; truncate people`)\n'],
  ])('are not touched in %s', (file, text) => {
    put(file, text)
    expect(strayTables(house)).toEqual([`${file} touches people`])
  })

  it('belong to one store', () => {
    put('core/login/store.ts', "export const x = (sql: never) => sql.selectFrom('people')\n")
    expect(strayTables(house)).toEqual(['core/login/store.ts and core/people/store.ts touch people'])
  })

  it('are of use', () => {
    put('migrations/0002_second.sql', 'create table forgotten (id text);\n')
    expect(strayTables(house)).toEqual(['nobody touches forgotten'])
  })
})

it('a generated file that was edited, or forgotten, is stale', () => {
  const files = generatedFiles()
  putAll(files)
  expect(staleFiles(house)).toEqual([])
  const [first = '', ...others] = Object.keys(files)
  put(first, `${files[first]}# by hand\n`)
  expect(staleFiles(house)).toEqual([first])
  for (const file of others) rmSync(join(house, file))
  expect(staleFiles(house)).toEqual(Object.keys(files))
})

describe('packages', () => {
  const lock = (packages: Record<string, object>) => put('package-lock.json', JSON.stringify({ packages }))
  const manifest = (content: object) => put('package.json', JSON.stringify(content))

  it.each(['^1.0.0', '~1.0.0', '1', '1.x', '*', 'latest', '>=1.0.0', 'file:../one', '2.0.0'])(
    'are not asked for as %s',
    (version) => {
      manifest({ dependencies: { fine: '1.0.0' }, devDependencies: { one: version } })
      lock({ 'node_modules/one': { version: '1.0.0' }, 'node_modules/fine': { version: '1.0.0' } })
      expect(inexact(house)).toEqual([`one ${version}`])
    },
  )

  it('do not say where they come from', () => {
    lock({ 'node_modules/one': { version: '1.0.0', resolved: 'https://registry.example/one' }, 'node_modules/two': {} })
    expect(tiedToRegistry(house)).toEqual(['node_modules/one'])
  })

  it.each([
    'GPL-3.0-or-later',
    'AGPL-3.0-only',
    'LGPL-3.0-or-later',
    'SSPL-1.0',
    'BUSL-1.1',
    'CC-BY-NC-4.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE.md',
    'MIT AND GPL-2.0-only',
    '(AGPL-3.0-only OR LicenseRef-Commercial)',
  ])('are not taken under %s', (license) => {
    lock({ '': {}, 'node_modules/a': {}, 'node_modules/b/node_modules/one': {}, 'node_modules/tool': { dev: true } })
    put('node_modules/a/package.json', '{"license":"(MIT OR GPL-3.0)"}')
    put('node_modules/b/node_modules/one/package.json', JSON.stringify({ license }))
    put('node_modules/tool/package.json', '{"license":"GPL-3.0"}')
    expect(unlicensed(house)).toEqual([`one ${license}`])
  })

  it('without a licence are not taken', () => {
    lock({ 'node_modules/one': {} })
    put('node_modules/one/package.json', '{}')
    expect(unlicensed(house)).toEqual(['one unknown'])
  })
})
