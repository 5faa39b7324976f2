// Whoever looks after an organization reads what happened in it, takes it along as a file, changes its settings, and proves
// its domains; and whoever may not does none of it.

import { answerOf, callApi } from './support/api.ts'
import { nameOf } from './support/brand.ts'
import { Caller } from './support/caller.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { type Address, addressIn, demoPerson, notes, origin } from './support/world.ts'

let count = 0
const fresh = (word: string): string => {
  count += 1
  return `${word}-${Date.now().toString(36)}-${count}`
}

/** An organization of this story alone, looked after by the owner of the root. */
const newOrganization = async (wish: Record<string, unknown> = {}): Promise<Address> => {
  const handle = fresh('story')
  const body = { handle, name: 'Story Lines', people_from: 'parent', locales: ['en', 'de'], ...wish }
  answerOf(await callApi('POST', '/organizations', body), 201)
  const joining = { email: 'rita@skyway.example', kind: 'staff' }
  answerOf(await callApi('POST', `/organizations/~${handle}/people/existing`, joining), 201)
  return { handle, form: 'path', url: `${origin()}/o/${handle}`, origin: origin(), base: `/o/${handle}` }
}

const asPerson = (visitor: Visitor, email: string): Visitor => {
  visitor.who = { ...visitor.who, email, password: demoPerson(email).password }
  return visitor
}

const signedIn = async (address: Address, email: string): Promise<Caller> => {
  const caller = new Caller(address)
  const { path } = await caller.signIn(email, demoPerson(email).password)
  expect(path).toBe('/account')
  return caller
}

for (const scripts of [true, false]) {
  test(`an owner changes settings and finds them in the log, ${scripts ? 'with' : 'without'} scripts`, async ({
    visit,
  }) => {
    test.slow()
    const address = await newOrganization()
    const rita = asPerson(await visit(address, { scripts }), 'rita@skyway.example')
    await rita.signIn()

    await test.step('chooses another name, which every page wears at once', async () => {
      await rita.open('/organization/settings?edit=name')
      await rita.type('settings.name', 'Story & Sons')
      await rita.press('settings.name.save')
      await rita.seesNotice(/Saved/)
      expect(await rita.read('settings.name.value')).toBe('Story & Sons')
    })

    await test.step('puts another language first', async () => {
      await rita.open('/organization/settings?edit=locales')
      await rita.part('settings.locale-1').selectOption('de')
      await rita.part('settings.locale-2').selectOption('en')
      await rita.press('settings.locales.save')
      expect(await rita.read('settings.locales.value')).toMatch(/Deutsch.*English/)
    })

    await test.step('adds an attribute and takes it away again', async () => {
      await rita.open('/organization/settings?edit=attribute')
      await rita.type('settings.attribute', 'crm_id')
      await rita.type('settings.value', '<b>A-1017</b>')
      await rita.press('settings.attribute.save')
      await expect(rita.part('settings.attributes.crm_id.value')).toHaveText('<b>A-1017</b>')
      await rita.press('settings.attribute.remove')
      await expect(rita.part('settings.attributes.crm_id.value')).toHaveCount(0)
    })

    await test.step('is told kindly when somebody else was faster', async () => {
      const caller = await signedIn(address, 'rita@skyway.example')
      await caller.answer('/organization/do/organizations.update', { version: '1', sign_up: 'open' })
      const { body } = await caller.see('/organization/settings')
      expect(body.includes('data-code="organizations.changed_elsewhere"')).toBe(true)
    })

    await test.step('reads all of it, in sentences, with before and after', async () => {
      await rita.open('/organization/audit')
      const entry = rita.page.locator('[data-action="organization.changed"]').last()
      await expect(entry.locator('summary')).toContainText('Settings of Story & Sons were changed')
      await entry.locator('summary').click()
      await expect(entry).toContainText('Story Lines')
      await expect(entry).toContainText('Not sealed yet')
      await expect(rita.page.locator('main')).not.toContainText(/audit\.[a-z]/)
    })

    await test.step('narrows it, and everything is in the address', async () => {
      await rita.open('/organization/audit?kind=people&search=nothing-like-this')
      await expect(rita.part('console.empty')).toBeVisible()
      await rita.press('audit.chip.kind')
      expect(new URL(rita.page.url()).search).toBe('?search=nothing-like-this')
    })

    await test.step('has it checked against its seals', async () => {
      await rita.open('/organization/audit')
      await rita.press('audit.check.now')
      await rita.seesNotice(/Nothing was altered/)
      await expect(rita.part('audit.check')).toContainText('Checked on')
    })

    await test.step('changes the handle, stays signed in, and is met at the new address', async () => {
      await rita.open('/organization/settings/handle')
      const handle = fresh('lines')
      await rita.type('settings-handle.handle', handle)
      await rita.press('settings-handle.submit')
      expect(rita.page.url()).toBe(`${origin()}/o/${handle}/organization/settings`)
      await rita.seesNotice(/handle has changed/)
    })
  })
}

test('details are kept as long as the organization wants, and not for less than a season', async ({ visit }) => {
  const address = await newOrganization()
  const rita = asPerson(await visit(address, { scripts: false }), 'rita@skyway.example')
  await rita.signIn()
  await rita.open('/organization/audit/retention')
  await rita.type('audit-retention.days', '3')
  await rita.press('audit-retention.submit')
  await rita.seesAlert(/90 to 36,500/)
  await rita.type('audit-retention.days', '365')
  await rita.press('audit-retention.submit')
  await expect(rita.part('audit.retention')).toContainText('Kept for 365 days')
})

test('a domain is added, checked, not seen, and removed', async ({ visit }) => {
  test.slow()
  const address = await newOrganization()
  const rita = asPerson(await visit(address), 'rita@skyway.example')
  await rita.signIn()
  const host = `${fresh('account')}.invalid`
  await rita.open('/organization/domains?edit=host')
  await rita.type('domains.host', host)
  await rita.press('domains.host.save')
  await rita.seesScreen('domain')
  await expect(rita.part('domain.record.name')).toContainText(`_livery.${host}`)
  await expect(rita.part('domain.record.value')).toContainText('livery-verification=')
  await rita.press('domain.check.now')
  await rita.seesNotice(/Not seen yet/)
  await expect(rita.part('domain.steps')).toContainText('still open')
  await rita.press('domain.remove.open')
  await rita.press('remove-domain.submit')
  await rita.seesScreen('domains')
  await rita.seesNotice(/Removed/)
})

test('usage shows three figures, and the same in a table', async ({ visit }) => {
  const ada = asPerson(await visit(addressIn('alpine', 'path')), 'ada@alpine.example')
  await ada.signIn()
  await ada.open('/organization/usage?days=90')
  for (const name of ['people', 'sign-ins', 'mails']) {
    await expect(ada.part(`usage.${name}`).getByRole('img')).toHaveAttribute('aria-label', /by day/)
  }
  expect(Number(await ada.read('usage.sign-ins.total'))).toBeGreaterThan(0)
  await ada.part('usage.table').locator('summary').click()
  await expect(ada.part('usage.days').locator('tbody tr')).toHaveCount(90)
})

test('the log leaves as a file that computes nothing, and leaves a trace', async () => {
  const ada = await signedIn(addressIn('alpine', 'path'), 'ada@alpine.example')
  const file = await ada.see('/organization/audit/export?format=csv&days=all')
  expect(file.status).toBe(200)
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(file.headers['content-disposition']).toMatch(/^attachment; filename="alpine-audit-\d{4}-\d\d-\d\d\.csv"$/)
  expect(file.headers['content-security-policy']).toContain('sandbox')
  expect(file.body.startsWith('at,action,by,')).toBe(true)
  expect(file.body).not.toMatch(/(?:^|[\n,])"?[=+@]/m)
  const lines = (await ada.see('/organization/audit/export?format=jsonl')).body.trimEnd().split('\n')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ action: 'audit.exported', details: { format: 'csv' } })
})

const guarded = [
  '/organization/audit',
  '/organization/audit/export?format=csv',
  '/organization/audit/retention',
  '/organization/usage',
  '/organization/settings',
  '/organization/settings/handle',
  '/organization/domains',
]

test.describe('whoever may not', () => {
  const alpine = () => addressIn('alpine', 'path')

  test('sees none of it: people managers are refused, members find no console', async () => {
    const eve = await signedIn(alpine(), 'eve@alpine.example')
    const ben = await signedIn(alpine(), 'ben@alpine.example')
    for (const path of guarded) {
      expect([path, (await eve.see(path)).status]).toEqual([path, 403])
      expect([path, (await ben.see(path)).status]).toEqual([path, 404])
    }
    const nobody = new Caller(alpine())
    for (const path of guarded) expect((await nobody.see(path)).headers.location).toContain('/sign-in')
  })

  test('changes none of it by a form that is written by hand', async () => {
    const eve = await signedIn(alpine(), 'eve@alpine.example')
    for (const [operation, fields] of [
      ['organizations.update', { name: 'Eve Air', version: '1' }],
      ['settings.handle', { handle: 'eve', version: '1' }],
      ['audit.retain', { days: '90' }],
      ['domains.add', { host: 'eve.invalid' }],
      ['domains.choose', { address: 'name' }],
      ['email-domains.add', { domain: 'eve.invalid' }],
    ] as const) {
      await eve.answer(`/organization/do/${operation}`, { back: '/organization/people', ...fields })
      const { body } = await eve.see('/organization/people')
      expect([operation, body.includes('data-code="authority.denied"')]).toEqual([operation, true])
    }
    expect(answerOf<{ name: string }>(await callApi('GET', '/organizations/~alpine')).name).toBe(nameOf('alpine'))
  })

  test('reaches nothing of another organization by its id', async () => {
    const ada = await signedIn(alpine(), 'ada@alpine.example')
    const other = answerOf<{ id: string; name: string }>(await callApi('GET', '/organizations/~sahel'))
    const mine = { back: '/organization/audit', next: '//evil.test', id: other.id }
    const reply = await ada.answer('/organization/do/organizations.update', { ...mine, name: 'Taken', version: '1' })
    expect(reply.headers.location).toBe('/o/alpine/organization/audit')
    expect((await ada.see('/organization/audit')).body).toContain('data-code="organizations.not_found"')
    expect(answerOf<{ name: string }>(await callApi('GET', `/organizations/${other.id}`)).name).toBe(other.name)
    expect((await ada.see(`/organization/audit?person=${notes().people[0]?.email}`)).status).toBe(200)
    expect((await ada.see('/organization/domains/hosts/nobody.invalid')).status).toBe(404)
    expect((await ada.see('/organization/audit?after=%00&days=-1&kind=constructor&open=%3Cscript%3E')).status).toBe(200)
  })
})
