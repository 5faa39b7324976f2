import { beforeEach, expect, it, vi } from 'vitest'
import type { Flow } from '#core/flows/contract'
import { forgetProcessState, processState } from '#platform/process'

const organization = { id: 'org_alpine', parentId: null, handle: 'alpine', secondFactorRequired: false }
const password: Flow = {
  label: 'Password',
  start: 'password',
  nodes: { password: { step: 'password', settings: { withIdentifier: true }, next: 'end' } },
}
const who: Flow = {
  label: 'Who first',
  start: 'identifier',
  nodes: { identifier: { step: 'identifier', next: 'password' }, password: { step: 'password', next: 'end' } },
}
let published = password
vi.mock('#core/flows', async (original) => ({
  ...(await original<object>()),
  flowFor: async () => ({ flow: published, source: { organizationId: null, name: 'sign-in', version: 0 } }),
}))
vi.mock('#core/organizations', async (original) => ({
  ...(await original<object>()),
  directory: () => ({ byId: () => organization }),
  addressOf: () => ({ origin: 'http://localhost:3000', base: '' }),
}))
const theme = { version: '1', scheme: 'system' }
const texts = { dir: 'ltr' }
vi.mock('#core/themes', async (original) => ({ ...(await original<object>()), resolve: async () => theme }))
vi.mock('#core/texts', async (original) => ({ ...(await original<object>()), textsFor: async () => texts }))
const { makeSite, siteOf } = await import('./site.ts')

beforeEach(() => {
  published = password
  for (const state of ['settings', 'web.sites', 'web.meetings']) forgetProcessState(state)
  processState('settings', () => ({ origin: 'http://localhost:3000' }) as never)
})

const met = (flow: Flow, locale = 'en') => {
  published = flow
  return makeSite({ organization: organization as never, address: { form: 'root' }, locale, scheme: null })
}

it('is the very same as long as nothing of it has changed', async () => {
  const site = await met(password)
  expect(await met(password)).toBe(site)
  expect(await siteOf(site.key)).toBe(site)
})

it('is another one when signing in begins with something else', async () => {
  const before = await met(password)
  expect(before.entry).toMatchObject({ step: 'password', at: 'password', settings: { withIdentifier: true }, ways: [] })
  const after = await met(who)
  expect(after.entry).toMatchObject({ step: 'identifier', page: '/sign-in' })
  expect(after.key).not.toBe(before.key)
  // A page of before that is still being drawn is drawn whole.
  expect(await siteOf(before.key)).toBe(before)
})

it('stays the same where what was published changes nothing at the beginning', async () => {
  const before = await met(who)
  const later = { ...who, nodes: { ...who.nodes, password: { step: 'password', next: 'identifier' } } } as Flow
  expect((await met(later)).key).toBe(before.key)
})

it('follows a condition on the language', async () => {
  const flow: Flow = {
    ...who,
    nodes: { ...who.nodes, identifier: { step: 'identifier', when: 'request.locale == "de"', next: 'password' } },
  }
  expect((await met(flow, 'de')).entry?.step).toBe('identifier')
  expect((await met(flow, 'en')).entry?.step).toBe('password')
})

it('is there, without a beginning, where the flow leads nowhere', async () => {
  const site = await met({ label: 'Nothing', start: 'totp', nodes: { totp: { step: 'totp', next: 'end' } } })
  expect(site.entry).toBeNull()
})
