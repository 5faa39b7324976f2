import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

// Documents and organizations in memory: what is tested here is what themes and texts make of them.
const world = vi.hoisted(() => {
  type Stored = { version: number; body: unknown }
  const state = {
    documents: new Map<string, Stored>(),
    chains: new Map<string, string[]>(),
    heard: [] as ((organizationId: string) => void)[],
    transactions: 0,
    publications: 0,
  }
  return state
})
type FakeTx = { organizationId: string }
const turned = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, child]) => [key, turned(child)]),
      )
    : value

vi.mock('#platform/database', () => ({
  withOrganization: async (organizationId: string, fn: (tx: FakeTx) => Promise<unknown>) => {
    world.transactions += 1
    return fn({ organizationId })
  },
  listen: async (_: string, heard: (organizationId: string) => void) => {
    world.heard.push(heard)
    return () => {}
  },
  beforeClose: () => {},
}))
vi.mock('#core/documents', async (original) => ({
  mergeAlong: (await original<{ mergeAlong: unknown }>()).mergeAlong,
  published: async ({ organizationId }: FakeTx, kind: string, name: string) =>
    world.documents.get(`${organizationId} ${kind} ${name}`) ?? null,
  listPublished: async ({ organizationId }: FakeTx, kind: string) =>
    [...world.documents]
      .filter(([key]) => key.startsWith(`${organizationId} ${kind} `))
      .map(([key, stored]) => ({ name: key.split(' ')[2], ...stored })),
  publish: async ({ organizationId }: FakeTx, _by: unknown, kind: string, name: string, body: unknown) => {
    const key = `${organizationId} ${kind} ${name}`
    const version = (world.documents.get(key)?.version ?? 0) + 1
    // With its keys in another order, as jsonb gives it back.
    world.documents.set(key, { version, body: turned(JSON.parse(JSON.stringify(body))) })
    world.publications += 1
    for (const heard of world.heard) heard(organizationId)
    return version
  },
}))
vi.mock('#core/organizations', () => ({
  directory: () => ({
    chain: (id: string) =>
      (world.chains.get(id) ?? []).map((one) => ({ id: one, version: 1, locales: ['en'], name: one })),
  }),
}))

const { asset, font, layersAbove, png, prepareFolder, pushFolder, pushPrepared, resolve } = await import('./index.ts')
const { textsFor } = await import('../texts/index.ts')
const by = { kind: 'system', grants: [] } as never
const tx = (organizationId: string) => ({ organizationId }) as never

let folder = ''
let serial = 0
const id = (name: string) => `org_${name}${serial}`
beforeEach(() => {
  serial += 1
  folder = mkdtempSync(join(tmpdir(), 'livery-brand-'))
  world.chains.set(id('root'), [id('root')])
  world.chains.set(id('child'), [id('root'), id('child')])
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (files: Record<string, string>) => {
  mkdirSync(join(folder, 'texts'), { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
}
const circle = '<svg viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="var(--livery-color-primary)"/></svg>'

describe('a pushed folder', () => {
  it('is what the organization and those below it look like and say', async () => {
    write({
      'theme.json': '{"color":{"primary":{"light":"#7a1f5c"}}}',
      'mark.svg': circle,
      'texts/en.json': '{"sign-in.title":"Hello there"}',
    })
    expect(await pushFolder(tx(id('root')), by, folder)).toEqual({ changed: 2 })
    const theme = await resolve(id('child'))
    expect(theme.colors.primary.light).toBe('#7a1f5c')
    expect(asset(theme, 'mark', 'light')).toContain('fill="#7a1f5c"')
    expect(asset(theme, 'favicon', 'light')).toBe(asset(theme, 'mark', 'light'))
    expect(asset(theme, 'art', 'light')).toBeNull()
    expect((await textsFor(id('child'), 'en')).t('sign-in.title')).toBe('Hello there')
    expect((await textsFor(id('child'), 'de')).t('sign-in.title')).toBe('Anmelden')
  })
  it('twice publishes nothing the second time', async () => {
    write({
      'theme.json': '{"name":"A","color":{"page":{"light":"#fefefe"}}}',
      'texts/en.json': '{"sign-in.title":"A"}',
    })
    await pushFolder(tx(id('root')), by, folder)
    expect(await pushFolder(tx(id('root')), by, folder)).toEqual({ changed: 0 })
  })
  it('takes back the words of a language whose file is gone', async () => {
    write({ 'theme.json': '{}', 'texts/en.json': '{"sign-in.title":"A"}' })
    await pushFolder(tx(id('root')), by, folder)
    rmSync(join(folder, 'texts/en.json'))
    await pushFolder(tx(id('root')), by, folder)
    expect((await textsFor(id('root'), 'en')).t('sign-in.title')).toBe('Sign in')
  })
  it('is checked with what it inherits', async () => {
    write({ 'theme.json': '{"color":{"page":"#101010","surface":"#101010","sunken":"#101010"}}' })
    const alone = await prepareFolder(folder)
    expect(alone.problems.some(({ code }) => code === 'themes.contrast')).toBe(true)
    await expect(pushPrepared(tx(id('root')), by, alone)).rejects.toMatchObject({ code: 'themes.invalid' })
    expect(await layersAbove(id('child'))).toEqual([])
  })
})

describe('a hostile folder publishes nothing and names every mistake', () => {
  it.each([
    ['themes.json', { 'theme.json': '{' }],
    ['themes.field', { 'theme.json': '{"color":{"page":"red;}"}}' }],
    ['themes.svg_element', { 'theme.json': '{}', 'art.svg': '<svg viewBox="0 0 1 1"><script/></svg>' }],
    ['themes.asset_pair', { 'theme.json': '{}', 'mark-dark.svg': circle }],
    ['themes.svg_too_large', { 'theme.json': '{}', 'art.svg': `<svg viewBox="0 0 1 1">${' '.repeat(70_000)}</svg>` }],
    ['themes.file_too_large', { 'theme.json': ' '.repeat(300_000) }],
    ['texts.locale', { 'theme.json': '{}', 'texts/not a language.json': '{}' }],
    ['texts.unknown_key', { 'theme.json': '{}', 'texts/en.json': '{"a.b":"x"}' }],
    ['texts.unknown_tag', { 'theme.json': '{}', 'texts/en.json': '{"sign-in.title":"<script>x</script>"}' }],
  ])('%s', async (code, files) => {
    write(files as Record<string, string>)
    const before = world.publications
    const thrown = await pushFolder(tx(id('root')), by, folder).catch((cause: unknown) => cause)
    expect(thrown).toMatchObject({
      code: 'themes.invalid',
      data: { problems: expect.arrayContaining([expect.objectContaining({ code })]) },
    })
    expect(world.publications).toBe(before)
  })
  it('that links out of itself', async () => {
    write({ 'theme.json': '{}' })
    symlinkSync('/etc/hostname', join(folder, 'mark.svg'))
    expect((await prepareFolder(folder)).problems).toMatchObject([{ code: 'themes.file', at: 'mark.svg' }])
  })
  it('that is not there', async () => {
    await expect(prepareFolder(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'themes.unknown_folder' })
  })
})

describe('memory', () => {
  it('a warm request never reaches the database, and a change is another version', async () => {
    write({ 'theme.json': '{"name":"A"}' })
    await pushFolder(tx(id('root')), by, folder)
    const first = await resolve(id('child'))
    await textsFor(id('child'), 'ar')
    const before = world.transactions
    expect(await resolve(id('child'))).toBe(first)
    expect(await textsFor(id('child'), 'ar')).toBe(await textsFor(id('child'), 'ar'))
    expect(world.transactions).toBe(before)
    write({ 'texts/de.json': '{"sign-in.title":"Servus"}' })
    await pushFolder(tx(id('root')), by, folder)
    const second = await resolve(id('child'))
    expect(second.version).not.toBe(first.version)
    expect((await textsFor(id('child'), 'de')).t('sign-in.title')).toBe('Servus')
  })
  it('an organization that nobody knows is refused', async () => {
    await expect(resolve('org_nobody')).rejects.toMatchObject({ code: 'organizations.unknown' })
    await expect(textsFor('org_nobody', 'en')).rejects.toMatchObject({ code: 'organizations.unknown' })
  })
})

describe('served files', () => {
  it('a picture as PNG in the width asked for, bounded', async () => {
    write({ 'theme.json': '{}', 'mark.svg': circle })
    await pushFolder(tx(id('root')), by, folder)
    const theme = await resolve(id('root'))
    for (const [asked, given] of [
      [64, 64],
      [1, 16],
      [999_999, 1600],
    ] as const) {
      const drawn = await png(theme, 'mark', 'dark', asked)
      expect((await sharp(drawn ?? undefined).metadata()).width).toBe(given)
    }
    expect(await png(theme, 'art', 'dark', 64)).toBeNull()
  })
  it('typefaces by their listed name only', async () => {
    const name = (await resolve(id('root'))).fonts.preload.latin[0]?.slice('/assets/fonts/'.length) ?? ''
    expect((await font(name))?.subarray(0, 4).toString('latin1')).toBe('wOF2')
    for (const wrong of ['../../../package.json', 'package.json', '', 'constructor', `${name}/`])
      expect(await font(wrong)).toBeNull()
  })
})
