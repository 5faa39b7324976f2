// Whoever looks after an organization decides what is asked of people, in which order: as a draft first, checked, published, brought
// back and taken back. Whoever may not does none of it.

import { answerOf, callApi } from './support/api.ts'
import { Caller } from './support/caller.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { type Address, addressIn, demoPerson, origin } from './support/world.ts'

let count = 0
/** An organization of this story alone, looked after by the owner of the root. */
const newOrganization = async (): Promise<Address> => {
  count += 1
  const handle = `flows-${Date.now().toString(36)}-${count}`
  answerOf(
    await callApi('POST', '/organizations', {
      handle,
      name: 'Flow Lines',
      people_from: 'parent',
      locales: ['en', 'ar'],
    }),
    201,
  )
  answerOf(
    await callApi('POST', `/organizations/~${handle}/people/existing`, { email: 'rita@skyway.example', kind: 'staff' }),
    201,
  )
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

const open = { label: 'Open <b>door</b>', start: 'who', nodes: { who: { step: 'identifier', next: 'end' } } }
const at = '/organization/flows/sign-in'

for (const scripts of [true, false]) {
  test(`an owner drafts a flow, publishes it and brings it back, ${scripts ? 'with' : 'without'} scripts`, async ({
    visit,
  }) => {
    test.slow()
    const address = await newOrganization()
    const rita = asPerson(await visit(address, { scripts }), 'rita@skyway.example')
    await rita.signIn()

    await test.step('sees what counts, and that none of it is her own', async () => {
      await rita.open('/organization/flows')
      await rita.seesScreen('flows')
      await expect(rita.page.locator('[data-id="recovery"]')).toContainText('ready-made')
    })

    await test.step('begins a draft with a ready-made flow, which nobody meets yet', async () => {
      await rita.open(`${at}/choose`)
      await rita.part('flow-act.ready-made.password-and-second-step').check()
      await rita.press('flow-act.submit')
      await rita.seesScreen('flow')
      await rita.seesNotice(/draft is begun/)
      await expect(rita.part('flow.step.second-step')).toContainText('Second step')
      await rita.open(`${at}?show=now`)
      await expect(rita.part('flow.step.second-step')).toHaveCount(0)
    })

    await test.step('changes its settings by simple fields', async () => {
      await rita.open(`${at}/change`)
      await rita.type('flow-act.label', 'Ours')
      await rita.part('flow-act.set.second-step.required.false').check()
      await rita.part('flow-act.set.second-step.methods.email-code').uncheck()
      await rita.press('flow-act.submit')
      await rita.seesNotice(/draft is saved/)
      await expect(rita.part('flow.step.second-step')).not.toContainText('has to set one up')
      await expect(rita.part('flow.step.second-step')).not.toContainText('Code by email')
    })

    await test.step('publishes it with a note', async () => {
      await rita.press('flow.publish')
      await rita.type('flow-act.note', 'Two steps <i>now</i>')
      await rita.press('flow-act.submit')
      await rita.seesNotice(/published/)
      await expect(rita.page.locator('main')).toContainText('Your own, version 1')
    })

    await test.step('writes one as text, with a mistake in it, and is told where', async () => {
      await rita.open(`${at}/document`)
      await rita.type('flow-act.document', JSON.stringify(open))
      await rita.press('flow-act.submit')
      await expect(rita.page.locator('[data-code="flow.unproven_end"]')).toContainText('proven nothing')
      await expect(rita.page.getByRole('heading', { name: open.label })).toBeVisible()
      await expect(rita.part('flow.publish')).toHaveCount(0)
    })

    await test.step('is told what is no flow at all, and finds what was typed', async () => {
      await rita.open(`${at}/document`)
      await rita.type('flow-act.document', '{"label":"x"}')
      await rita.press('flow-act.submit')
      await rita.seesAlert(/not a flow yet/)
      await expect(rita.part('flow-act.document')).toHaveValue('{"label":"x"}')
      await expect(rita.page.locator('[data-code="flow.shape"]').first()).toBeVisible()
    })

    await test.step('discards the draft', async () => {
      await rita.open(`${at}/discard`)
      await rita.press('flow-act.submit')
      await rita.seesNotice(/draft is gone/)
      await expect(rita.part('flow.step.second-step')).toBeVisible()
    })

    await test.step('takes the flow back, and brings the version back from the history', async () => {
      await rita.press('flow.unpublish')
      await rita.press('flow-act.submit')
      await rita.seesNotice(/taken back/)
      await expect(rita.part('flow.step.second-step')).toHaveCount(0)
      await rita.press('flow.history')
      await expect(rita.part('flow.history')).toContainText('Two steps <i>now</i>')
      await rita.press('flow.history.open')
      await rita.press('flow-version.submit')
      await rita.seesNotice(/published again/)
      await expect(rita.page.locator('main')).toContainText('Your own, version 2')
    })

    await test.step('finds all of it in the log', async () => {
      await rita.open('/organization/audit?kind=flows')
      await expect(rita.page.locator('[data-action="flow.published"]')).toContainText(
        'Version 1 of a flow was published (Signing in)',
      )
      await expect(rita.page.locator('[data-action="flow.rolled_back"]')).toHaveCount(1)
      await expect(rita.page.locator('[data-action="flow.unpublished"]')).toHaveCount(1)
    })
  })
}

test('of two who change a draft, the slower one is told, and overwrites nothing', async () => {
  const address = await newOrganization()
  const rita = await signedIn(address, 'rita@skyway.example')
  const save = (version: string, label: string) =>
    rita.answer('/organization/do/flows.save-draft', {
      back: `${at}/document`,
      flow: 'sign-in',
      version,
      document: JSON.stringify({ ...open, label }),
    })
  await save('1', 'The first')
  await save('1', 'The second')
  expect((await rita.see(`${at}/document`)).body).toContain('data-code="flow.changed_elsewhere"')
  expect((await rita.see(at)).body).toContain('The first')
})

test('a draft with a mistake is not published by a form that is written by hand', async () => {
  const address = await newOrganization()
  const rita = await signedIn(address, 'rita@skyway.example')
  const form = { back: at, flow: 'sign-in' }
  await rita.answer('/organization/do/flows.save-draft', { ...form, version: '1', document: JSON.stringify(open) })
  await rita.answer('/organization/do/flows.publish', { ...form, version: '2' })
  expect((await rita.see(at)).body).toContain('data-code="flow.has_errors"')
  const { items } = answerOf<{ items: unknown[] }>(
    await callApi('GET', `/organizations/~${address.handle}/flows/sign-in/versions`),
  )
  expect(items).toEqual([])
})

test('it reads on a narrow phone, from right to left, without going sideways', async ({ visit }) => {
  const address = await newOrganization()
  const rita = asPerson(await visit(address, { width: 320, language: 'ar', scripts: false }), 'rita@skyway.example')
  await rita.signIn()
  for (const path of ['/organization/flows', at, `${at}/change`, `${at}/choose`, `${at}/document`, `${at}/history`]) {
    await rita.open(path)
    const width = await rita.page.evaluate(() => document.documentElement.scrollWidth)
    expect([path, width]).toEqual([path, 320])
  }
})

test.describe('whoever may not', () => {
  const alpine = () => addressIn('alpine', 'path')
  const guarded = ['/organization/flows', at, `${at}/choose`, `${at}/change`, `${at}/document`, `${at}/history`]

  test('sees none of it: people managers are refused, members find no console', async () => {
    const eve = await signedIn(alpine(), 'eve@alpine.example')
    const ben = await signedIn(alpine(), 'ben@alpine.example')
    for (const path of guarded) {
      expect([path, (await eve.see(path)).status]).toEqual([path, 403])
      expect([path, (await ben.see(path)).status]).toEqual([path, 404])
    }
  })

  test('changes none of it, nor anything of another organization', async () => {
    const eve = await signedIn(alpine(), 'eve@alpine.example')
    const ada = await signedIn(alpine(), 'ada@alpine.example')
    const other = answerOf<{ id: string }>(await callApi('GET', '/organizations/~sahel')).id
    for (const [caller, code, more] of [
      [eve, 'authority.denied', {}],
      [ada, 'organizations.not_found', { id: other }],
    ] as const) {
      const back = '/organization/people'
      const fields = { back, flow: 'sign-in', version: '1', ...more }
      for (const [operation, own] of [
        ['flows.save-draft', { document: JSON.stringify(open) }],
        ['flows.begin', { ready_made: 'email-code' }],
        ['flows.publish', {}],
        ['flows.discard-draft', {}],
        ['flows.rollback', { to: '1' }],
        ['flows.unpublish', {}],
      ] as const) {
        await caller.answer(`/organization/do/${operation}`, { ...fields, ...own })
        const { body } = await caller.see(back)
        expect([operation, body.includes(`data-code="${code}"`)]).toEqual([operation, true])
      }
    }
  })

  test('finds nothing under names that are none', async () => {
    const ada = await signedIn(alpine(), 'ada@alpine.example')
    for (const path of [
      'sign-out',
      'sign-in/publish',
      'sign-in/versions/7',
      'sign-in/versions/x',
      'sign-in/destroy',
      'constructor',
    ]) {
      expect([path, (await ada.see(`/organization/flows/${path}`)).status]).toEqual([path, 404])
    }
  })
})
