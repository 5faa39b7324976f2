// A platform brings in a business from its console: the organization is there at once and wears the platform's brand, its
// first administrator comes by the link of a mail and finds a console of their own, and the platform looks after the tree.

import {
  alpine,
  ben,
  callerAs,
  eve,
  newHandle,
  pathAddress,
  rita,
  signedInAs,
  skyway,
} from './support/administrators.ts'
import { answerOf, callApi } from './support/api.ts'
import { documentAttribute, screenOf, visibleText } from './support/html.ts'
import { linkIn, newestMail } from './support/mail.ts'
import { newAddress } from './support/newcomers.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'

const list = '/organization/organizations'

/** As whoever may see everything knows it. */
const idOf = async (handle: string): Promise<string> =>
  answerOf<{ id: string }>(await callApi('GET', `/organizations/~${handle}`)).id

const create = async (platform: Visitor, name: string, handle: string): Promise<string> => {
  await platform.open(`${list}/new`)
  await platform.type('new-organization.name', name)
  await platform.type('new-organization.handle', handle)
  await platform.press('new-organization.submit')
  await platform.seesScreen('organization')
  return new URL(platform.page.url()).pathname.slice(platform.address.base.length)
}

for (const scripts of [true, false]) {
  test(`a business is brought in by the console, ${scripts ? 'with' : 'without'} scripts`, async ({ visit }) => {
    test.slow()
    const platform = await signedInAs(visit, rita, skyway(), { scripts })
    const handle = newHandle()
    const address = pathAddress(handle)
    let at = ''

    await test.step('a handle that is taken is told at its field, and nothing that was typed is lost', async () => {
      await platform.open(`${list}/new`)
      await platform.type('new-organization.name', 'Glacier Tours')
      await platform.type('new-organization.handle', 'alpine')
      await platform.part('new-organization.people-from.mixed').check()
      await platform.press('new-organization.submit')
      await platform.seesScreen('new-organization')
      await expect(platform.part('new-organization.handle')).toHaveAttribute('aria-invalid', 'true')
      await expect(platform.part('new-organization.name')).toHaveValue('Glacier Tours')
      await expect(platform.part('new-organization.people-from.mixed')).toBeChecked()
    })

    await test.step('it is made, and its first administrator is invited in the next step', async () => {
      at = await create(platform, 'Glacier Tours', handle)
      await platform.seesNotice(/first administrator/)
      await platform.press('organization.invite')
      await platform.type('invite-administrator.email', newAddress('owner'))
    })

    const owner = await visit(address, { scripts })

    await test.step('who comes by the link of the mail, and looks after it from then on', async () => {
      await platform.type('invite-administrator.email', owner.who.email)
      await platform.press('invite-administrator.submit')
      await platform.seesNotice(new RegExp(owner.who.email.replace(/[.+]/g, '\\$&')))
      const mail = await newestMail(owner.who.email, 'invitation')
      await owner.page.goto(linkIn(mail))
      await owner.seesScreen('invitation')
      await owner.type('invitation.given-name', owner.who.givenName)
      await owner.type('invitation.family-name', owner.who.familyName)
      await owner.type('invitation.password', owner.who.password)
      await owner.press('invitation.submit')
      await owner.seesScreen('account')
      await owner.press('nav.organization')
      await owner.seesScreen('overview')
      await expect(owner.page.locator('h1')).toHaveText('Glacier Tours')
      await expect(owner.part('overview.step.people')).toBeVisible()
    })

    await test.step('they see nothing above them, and nothing beside them', async () => {
      await owner.open(list)
      await expect(owner.page.locator('main')).not.toContainText('Alpine Air')
      for (const handle of ['alpine', 'skyway']) {
        expect((await owner.open(`${list}/${await idOf(handle)}`)).status(), handle).toBe(404)
      }
    })

    await test.step('it is suspended, and nobody meets it; it is resumed, and its people are back', async () => {
      await platform.open(at)
      await platform.press('organization.suspend.open')
      await platform.seesScreen('suspend-organization')
      await platform.press('suspend-organization.submit')
      await platform.seesNotice(/Nobody can reach it/)
      expect((await owner.open('/sign-in')).status()).toBe(403)
      await platform.press('organization.resume.open')
      await platform.seesNotice(/can sign in again/)
      expect((await owner.open('/organization')).status()).toBe(200)
    })

    await test.step('it moves below another one, and its address stays', async () => {
      const other = newHandle()
      await create(platform, 'Glacier Group', other)
      await platform.open(`${at}/move`)
      await platform.seesScreen('move-organization')
      const choice = platform.part('move-organization.parent-id')
      if (await choice.evaluate((field) => field.tagName === 'SELECT'))
        await choice.selectOption({ label: 'Glacier Group' })
      else await choice.fill(other)
      await platform.press('move-organization.submit')
      await platform.seesScreen('organization')
      await expect(platform.page.locator('main')).toContainText('Glacier Group')
      expect((await owner.open('/organization')).status()).toBe(200)
    })

    await test.step('it is deleted only by its handle, and is gone for good', async () => {
      await platform.open(`${at}/delete`)
      await expect(platform.part('delete-organization.goes')).toContainText('account')
      await platform.type('delete-organization.confirm', 'something else')
      await platform.press('delete-organization.submit')
      await platform.seesScreen('delete-organization')
      await expect(platform.part('delete-organization.confirm')).toHaveAttribute('aria-invalid', 'true')
      await platform.type('delete-organization.confirm', handle)
      await platform.press('delete-organization.submit')
      await platform.seesScreen('organizations')
      expect((await platform.open(at)).status()).toBe(404)
    })
  })
}

test('the tree is unfolded level by level, and searched as a whole', async ({ visit }) => {
  const platform = await signedInAs(visit, rita, skyway())
  await platform.open(list)
  await expect(platform.page.locator('main')).not.toContainText('Pacifica Lisbon')
  const pacifica = platform.page.locator('tr', { hasText: 'Pacifica Hotels' })
  await Promise.all([platform.page.waitForEvent('load'), pacifica.locator('[data-part="organizations.fold"]').click()])
  await expect(platform.page.locator('main')).toContainText('Pacifica Lisbon')
  await platform.type('organizations.search', 'lisb')
  await Promise.all([platform.page.waitForEvent('load'), platform.page.keyboard.press('Enter')])
  await expect(platform.page.locator('tbody tr')).toHaveCount(1)
  await expect(platform.page.locator('tbody')).toContainText('Pacifica Hotels')
})

test('whoever may look after people alone is not asked about organizations', async () => {
  const caller = await callerAs(eve, alpine())
  for (const path of [`${list}/new`, '/organization/settings']) {
    const reply = await caller.see(path)
    expect([403, 404], path).toContain(reply.status)
    expect(screenOf(reply.body)).toBe('error')
  }
  const refused = await caller.answerAndFollow('/organization/do/organizations.create', {
    name: 'Mine',
    handle: newHandle(),
    back: '/organization',
  })
  expect(visibleText(refused.body)).toMatch(/may not do this/)
})

test('for whoever looks after nothing there is no console', async () => {
  const caller = await callerAs(ben, alpine())
  for (const path of ['/organization', '/organization/people', list]) {
    const reply = await caller.see(path)
    expect(reply.status, path).toBe(404)
    expect(documentAttribute(reply.body, 'data-organization')).toBe('alpine')
  }
  expect((await caller.see('/account')).body).not.toContain('data-part="nav.organization"')
})

test('whoever is not signed in signs in first, and comes back', async ({ visit }) => {
  const visitor = await visit(skyway())
  await visitor.open(list)
  await visitor.seesScreen('sign-in')
  visitor.who = { ...visitor.who, email: rita, password: (await import('./support/world.ts')).notes().password }
  await visitor.answerSignIn()
  await visitor.seesScreen('organizations')
})

test('a form of the console leads to pages of the console alone', async () => {
  const caller = await callerAs(rita, skyway())
  for (const next of ['//evil.example', 'https://evil.example/', '/account', '/organization/../account', '/o/alpine']) {
    const reply = await caller.answer('/organization/do/organizations.resume', { id: '~alpine', back: next, next })
    expect(reply.status).toBe(303)
    expect(reply.headers.location).toBe('/organization')
  }
})
