import { beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetProcessState, processState } from '#platform/process'

const organizations = [
  { id: 'org_root', parentId: null, handle: 'skyway' },
  { id: 'org_alpine', parentId: 'org_root', handle: 'alpine' },
  { id: 'org_dusk', parentId: 'org_root', handle: 'dusk' },
  { id: 'org_pier', parentId: 'org_dusk', handle: 'pier' },
]
const formerly: Record<string, string> = {
  edelweiss: 'org_alpine',
  cloud: 'org_root',
  dawn: 'org_dusk',
  mole: 'org_pier',
}
let isEmpty = false
vi.mock('#core/organizations', async (original) => ({
  ...(await original<object>()),
  directory: () => ({
    hasRoot: () => !isEmpty,
    root: () => organizations[0],
    byHandle: (handle: string) => organizations.find((one) => one.handle === handle),
    byOldHandle: (handle: string) => organizations.find(({ id }) => id === formerly[handle]),
    byHost: (host: string) => (host === 'account.alpine.example' ? organizations[1] : undefined),
    isSuspended: (id: string) => id === 'org_dusk' || id === 'org_pier',
  }),
}))
const { meet } = await import('./meet.ts')

beforeEach(() => {
  isEmpty = false
  forgetProcessState('settings')
  processState('settings', () => ({ origin: 'http://localhost:3000' }) as never)
})

const met = (host: string | undefined, path = '/sign-in') => {
  const found = meet(host, path)
  if (found.kind !== 'site' && found.kind !== 'elsewhere') return found.kind
  const where = `${found.organization.handle} by ${found.address.form} at ${found.rest}`
  return found.kind === 'site' ? where : `moved: ${where}`
}

describe('an address', () => {
  it.each([
    ['localhost:3000', '/sign-in', 'skyway by root at /sign-in'],
    ['LocalHost', '/sign-in', 'skyway by root at /sign-in'],
    ['localhost:3000', '/o/alpine/sign-in', 'alpine by path at /sign-in'],
    ['localhost:3000', '/o/alpine', 'alpine by path at /'],
    ['alpine.localhost:3000', '/sign-in', 'alpine by name at /sign-in'],
    ['ALPINE.localhost:8080', '/sign-in', 'alpine by name at /sign-in'],
    ['account.alpine.example', '/sign-in', 'alpine by domain at /sign-in'],
    // Below an own address there is no other organization: this is a page that does not exist.
    ['alpine.localhost:3000', '/o/skyway/sign-in', 'alpine by name at /o/skyway/sign-in'],
    ['account.alpine.example', '/o/alpine/sign-in', 'alpine by domain at /o/alpine/sign-in'],
    ['localhost:3000', '/o/skyway/sign-in', 'moved: skyway by root at /sign-in'],
    ['skyway.localhost:3000', '/sign-in', 'moved: skyway by root at /sign-in'],
    // A handle that was given up leads to whoever gave it up.
    ['localhost:3000', '/o/edelweiss/account/profile', 'moved: alpine by path at /account/profile'],
    ['localhost:3000', '/o/edelweiss', 'moved: alpine by path at /'],
    ['edelweiss.localhost', '/sign-in', 'moved: alpine by name at /sign-in'],
    ['localhost:3000', '/o/cloud/sign-in', 'moved: skyway by root at /sign-in'],
    ['cloud.localhost:3000', '/sign-in', 'moved: skyway by root at /sign-in'],
  ])('%s%s is %s', (host, path, expected) => expect(met(host, path)).toBe(expected))
})

describe('fails closed', () => {
  it.each([
    [undefined],
    [''],
    ['localhost.'],
    ['alpine.localhost.'],
    ['alpine.localhost.evil.test'],
    ['wwwalpine.localhost'],
    ['www.alpine.localhost'],
    ['alpine.localhost:3000@evil.test'],
    ['evil.test#alpine.localhost'],
    ['alpine.localhost, evil.test'],
    ['alpine.localhost:99999999'],
    ['alpine.localhost:'],
    ['alpine\u3002localhost'],
    ['ａlpine.localhost'],
    ['xn--lpine-ixa.localhost'],
    ['127.0.0.1:3000'],
    ['127.1'],
    ['0x7f000001'],
    ['2130706433'],
    ['0177.0.0.1'],
    ['[::1]:3000'],
    ['evil.test'],
    ['account.alpine.example.evil.test'],
    ['a'.repeat(300)],
  ])('an unknown host: %s', (host) => expect(met(host)).toBe('unknown-host'))

  it.each([
    ['/o/nobody/sign-in'],
    ['/o/ALPINE/sign-in'],
    ['/o/alpine%2e/sign-in'],
    ['/o//sign-in'],
    ['/o/'],
    ['/o'],
    ['/o/constructor'],
  ])('an unknown handle: %s', (path) => expect(met('localhost:3000', path)).toBe('unknown-handle'))

  it.each([
    ['localhost:3000', '/o/dusk/sign-in'],
    ['dusk.localhost:3000', '/sign-in'],
    ['localhost:3000', '/o/pier'],
    ['pier.localhost', '/'],
    ['localhost:3000', '/o/dawn/sign-in'],
    ['dawn.localhost:3000', '/sign-in'],
    ['localhost:3000', '/o/mole/sign-in'],
  ])('a suspended one, and whatever is below it: %s%s', (host, path) => expect(met(host, path)).toBe('suspended'))

  it('everybody, on a database that nobody has filled yet', () => {
    isEmpty = true
    for (const path of ['/', '/sign-in', '/o/alpine', '/o']) expect(met('localhost:3000', path)).toBe('unknown-host')
  })
})
