import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemActor } from '#core/authority'
import { agree, consentsOf, forgetConsents } from '#core/consents'
import { checkFlow } from '#core/flows'
import { find, updateProfile } from '#core/people'
import { setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { allowIdentifiers, at, buildWorld, enter, newestMail, password, person, type World } from '#support/engine'
import { knock } from '#support/knocking'
import { trailOf } from '#support/staff'
import { afterPassword, walk, walkNone } from '#support/walked'

import { catalogue, secondStep, signUp, verify, view } from './index.ts'

vi.mock('#core/flows', async (original) => {
  const { flowFor } = await import('#support/walked')
  return { ...(await original<object>()), flowFor }
})

freshDatabase()
let world: World
let count = 0
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => {
  setClockForTests(0)
  walkNone()
})

const somebody = () => {
  count += 1
  return person({ email: `after${count}@mixed.example`, home: world.root, memberOf: [world.mixed] })
}
type Somebody = Awaited<ReturnType<typeof somebody>>

const knocking = ({ email }: Pick<Somebody, 'email'>) => knock(world.mixed, email)

const terms = {
  id: 'terms',
  version: 3,
  title: { en: 'Terms', de: 'Bedingungen' },
  url: 'https://skyway.example/terms',
}
const privacy = { id: 'privacy', version: 1, title: { de: 'Datenschutz' }, url: 'https://skyway.example/privacy' }
const asking = (...documents: object[]) => afterPassword({ terms: { step: 'terms', settings: { documents } } })
const consentsAt = (organizationId: string, { homeId, id }: Somebody) =>
  withOrganization(organizationId, (tx) => consentsOf(tx, { homeId, personId: id }))

describe('terms', () => {
  it('are agreed to after the proof, each for itself, at the organization that asks', async () => {
    walk(world.mixed, asking(terms, privacy))
    const ada = await somebody()
    const { first, look, answer, ctx } = await knocking(ada)
    expect(first).toMatchObject({ next: '/consent' })
    expect((await look())?.place?.terms).toEqual([
      { id: 'terms', version: 3, title: 'Terms', url: terms.url },
      { id: 'privacy', version: 1, title: 'Datenschutz', url: privacy.url },
    ])
    const outcome = await answer({ 'terms.terms': '3', 'terms.privacy': '1' })
    expect((await enter(ctx, outcome)).session).toMatchObject({ personId: ada.id, methods: ['pwd'] })
    expect(await consentsAt(world.mixed, ada)).toMatchObject([
      { document: 'privacy', version: 1 },
      { document: 'terms', version: 3 },
    ])
    expect(await consentsAt(world.root, ada)).toEqual([])
    const trail = (await trailOf(world.mixed, ada.id)).filter(({ action }) => action === 'consent.given')
    expect(trail.map(({ details }) => details)).toEqual([
      { after: { document: 'terms', version: 3 } },
      { after: { document: 'privacy', version: 1 } },
    ])
  })

  it.each([
    ['nothing', {}, 'terms.terms'],
    ['one of two', { 'terms.terms': '3' }, 'terms.privacy'],
    ['another version than the one that is asked for', { 'terms.terms': '2', 'terms.privacy': '1' }, 'terms.terms'],
    ['a tick that names no version', { 'terms.terms': 'on', 'terms.privacy': '1' }, 'terms.terms'],
  ])('let nobody pass who agrees to %s', async (_, ticked, field) => {
    walk(world.mixed, asking(terms, privacy))
    const ada = await somebody()
    const { answer, look } = await knocking(ada)
    expect(await answer(ticked)).toEqual({ next: '/consent' })
    expect(await look()).toMatchObject({ step: 'terms', failure: { code: 'consent.missing', field } })
    expect(await consentsAt(world.mixed, ada)).toEqual([])
    expect(await answer({ 'terms.terms': '3', 'terms.privacy': '1' })).toMatchObject({ next: '/account' })
  })

  it('are asked for once in each version, and only what is new', async () => {
    walk(world.mixed, asking(terms))
    const ada = await somebody()
    await (await knocking(ada)).answer({ 'terms.terms': '3' })
    expect((await knocking(ada)).first).toMatchObject({ next: '/account' })
    walk(world.mixed, asking({ ...terms, version: 4 }, privacy))
    await withOrganization(world.mixed, (tx) =>
      agree(tx, systemActor, { homeId: ada.homeId, personId: ada.id }, [privacy]),
    )
    const { look, answer } = await knocking(ada)
    expect((await look())?.place?.terms).toMatchObject([{ id: 'terms', version: 4 }])
    expect(await answer({ 'terms.terms': '4' })).toMatchObject({ next: '/account' })
    await withOrganization(world.mixed, (tx) => forgetConsents(tx, { homeId: ada.homeId, personId: ada.id }))
    expect((await knocking(ada)).first).toMatchObject({ next: '/consent' })
  })

  it('of a flow that is published meanwhile are for those who come later', async () => {
    walk(world.mixed, asking(terms))
    const { answer, look } = await knocking(await somebody())
    walk(world.mixed, asking({ ...terms, version: 9 }))
    expect((await look())?.place?.terms).toMatchObject([{ version: 3 }])
    expect(await answer({ 'terms.terms': '3' })).toMatchObject({ next: '/account' })
  })

  it('are written once, however often the same answer comes at the same moment', async () => {
    walk(world.mixed, asking(terms))
    const ada = await somebody()
    const { ctx, secret } = await knocking(ada)
    const all = await Promise.all(Array.from({ length: 50 }, () => secondStep(ctx, secret(), { 'terms.terms': '3' })))
    expect(all.filter(({ ticket }) => ticket !== undefined)).toHaveLength(1)
    expect(await consentsAt(world.mixed, ada)).toHaveLength(1)
    expect((await trailOf(world.mixed, ada.id)).filter(({ action }) => action === 'consent.given')).toHaveLength(1)
  })

  it('are shown in the language of the page, or in one that is there', async () => {
    walk(world.mixed, asking(terms))
    const { ctx, secret } = await knocking(await somebody())
    const titleIn = async (locale: string) =>
      (await view({ ...ctx, locale }, secret(), 'sign-in'))?.place?.terms?.[0]?.title
    expect([await titleIn('de'), await titleIn('de-AT'), await titleIn('pt')]).toEqual([
      'Bedingungen',
      'Bedingungen',
      'Terms',
    ])
  })

  it('are agreed to by whoever signs up as soon as there is an account', async () => {
    const nodes = {
      details: { step: 'details', next: 'verify-email' },
      'verify-email': { step: 'verify-email', next: 'terms' },
      terms: { step: 'terms', settings: { documents: [terms] }, next: 'end' },
    } as const
    walk(world.mixed, nodes, 'sign-up')
    const ctx = at(world.mixed)
    const form = { email: 'new@mixed.example', given_name: 'Noa', family_name: 'Berg', password }
    const begun = await signUp(ctx, null, form)
    const { code } = await newestMail('verify-email')
    const proven = await verify(ctx, begun.attempt ?? null, { answer: { code } })
    expect(proven).toMatchObject({ next: '/consent' })
    expect(proven.ticket).toBeUndefined()
    const outcome = await secondStep(ctx, proven.attempt ?? null, { 'terms.terms': '3' })
    const { session } = await enter(ctx, outcome)
    const given = await withOrganization(world.mixed, (tx) => consentsOf(tx, session))
    expect(given).toMatchObject([{ document: 'terms', version: 3 }])
  })

  it.each([
    ['no document', { documents: [] }],
    ['six of them', { documents: Array.from({ length: 6 }, (_, index) => ({ ...terms, id: `terms-${index}` })) }],
    ['one twice', { documents: [terms, terms] }],
    ['no title', { documents: [{ ...terms, title: {} }] }],
    ['a title that turns around', { documents: [{ ...terms, title: { en: 'Terms \u202egnp.' } }] }],
    ['an address in clear text', { documents: [{ ...terms, url: 'http://skyway.example' }] }],
    ['a script in the place of an address', { documents: [{ ...terms, url: 'javascript:alert(1)' }] }],
    ['a script behind a line break', { documents: [{ ...terms, url: 'https://a.example\njavascript:alert(1)' }] }],
    [
      'an address that only looks like another one',
      { documents: [{ ...terms, url: 'https://skyway.example@evil.example' }] },
    ],
    ['an address without end', { documents: [{ ...terms, url: `https://skyway.example/${'a'.repeat(2000)}` }] }],
    ['no version', { documents: [{ ...terms, version: 0 }] }],
  ])('cannot be published with %s', (_, settings) => {
    const flow = { label: 'Terms', start: 'password', nodes: afterPassword({ terms: { step: 'terms', settings } }) }
    const { findings } = checkFlow(flow, 'sign-in', catalogue, { secondFactorRequired: false })
    expect(findings).toContainEqual(expect.objectContaining({ code: 'flow.settings', level: 'error' }))
    const good = { ...flow, nodes: asking(terms, privacy) }
    expect(checkFlow(good, 'sign-in', catalogue, { secondFactorRequired: false }).findings).toEqual([])
  })
})

describe('a profile', () => {
  const fields = [
    { name: 'given_name', required: true },
    { name: 'phone', required: true },
    { name: 'username', required: false },
  ]
  const asksFor = (...wanted: object[]) => afterPassword({ profile: { step: 'profile', settings: { fields: wanted } } })
  const homeOf = ({ id, homeId }: Somebody) => withOrganization(homeId, (tx) => find(tx, id))

  it('is asked for as far as it is not known, and kept at home', async () => {
    allowIdentifiers(world.mixed, ['email', 'username'])
    walk(world.mixed, asksFor(...fields))
    const ada = await somebody()
    const { first, look, answer } = await knocking(ada)
    expect(first).toMatchObject({ next: '/consent' })
    expect((await look())?.place?.fields).toEqual([
      { name: 'phone', isRequired: true, value: '' },
      { name: 'username', isRequired: false, value: '' },
    ])
    const outcome = await answer({ phone: '+41 79 555 01 42', username: 'ada.keller', given_name: 'Mallory' })
    expect(outcome).toMatchObject({ next: '/account' })
    expect(await homeOf(ada)).toMatchObject({ givenName: 'Ada', phone: '+41795550142', username: 'ada.keller' })
    expect((await knocking(ada)).first).toMatchObject({ next: '/account' })
  })

  it('is refused with what was typed, and nothing of it is kept', async () => {
    allowIdentifiers(world.mixed, ['email', 'username'])
    walk(world.mixed, asksFor(...fields))
    const ada = await somebody()
    const { look, answer } = await knocking(ada)
    expect(await answer({ phone: '', username: 'ada.k' })).toEqual({ next: '/consent' })
    expect(await look()).toMatchObject({
      failure: { code: 'input.missing', field: 'phone' },
      values: { username: 'ada.k' },
    })
    await answer({ phone: '12', username: 'ada.k' })
    expect(await look()).toMatchObject({
      failure: { code: 'phone.invalid' },
      values: { phone: '12', username: 'ada.k' },
    })
    await answer({ phone: '+41 79 555 01 42', username: 'admin' })
    expect(await look()).toMatchObject({ failure: { code: 'username.reserved', field: 'username' } })
    expect(await answer({ intent: 'skip' })).toEqual({ next: '/consent' })
    expect(await homeOf(ada)).toMatchObject({ phone: null, username: null })
  })

  it('may be left out where it may be left empty, and is asked for no more in this attempt', async () => {
    const phone = { step: 'profile', settings: { fields: [{ name: 'phone' }] } } as const
    walk(world.mixed, afterPassword({ profile: phone, again: phone }))
    const ada = await somebody()
    expect(await (await knocking(ada)).answer({ phone: '' })).toMatchObject({ next: '/account' })
    expect(await (await knocking(ada)).answer({ intent: 'skip' })).toMatchObject({ next: '/account' })
  })

  it('asks for no username where nobody signs in with one', async () => {
    allowIdentifiers(world.mixed, ['email'])
    walk(world.mixed, asksFor({ name: 'username', required: true }))
    expect((await knocking(await somebody())).first).toMatchObject({ next: '/account' })
  })

  it('that somebody has completed elsewhere meanwhile is not overwritten', async () => {
    walk(world.mixed, asksFor({ name: 'phone', required: true }))
    const ada = await somebody()
    const { answer } = await knocking(ada)
    await withOrganization(ada.homeId, (tx) => updateProfile(tx, systemActor, ada.id, { phone: '+41795550199' }, 1))
    expect(await answer({ phone: '+41 79 555 01 42' })).toMatchObject({ next: '/account' })
    expect(await homeOf(ada)).toMatchObject({ phone: '+41795550199' })
  })
})
