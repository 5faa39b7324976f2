// Being asked to join: the link of the mail shows what is offered and joins nobody by itself; whoever has no account makes
// one, whoever has one proves it, and nobody joins with the wrong one.

import { callApi, invitationAt, inviteTo } from './support/api.ts'
import { Authenticator } from './support/authenticator.ts'
import { newMember } from './support/caller.ts'
import { newAddress } from './support/newcomers.ts'
import { ask } from './support/raw.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { addressIn } from './support/world.ts'

const fillIn = async (visitor: Visitor): Promise<void> => {
  await visitor.type('invitation.given-name', visitor.who.givenName)
  await visitor.type('invitation.family-name', visitor.who.familyName)
  await visitor.type('invitation.password', visitor.who.password)
}

const seesText = (visitor: Visitor, text: string | RegExp) => expect(visitor.page.locator('main')).toContainText(text)

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test('somebody new sees who asks and for what, makes an account, and is in', async ({ visit }) => {
      const noa = await visit(addressIn('alpine', 'path'), { scripts })
      const message = 'Good to have you with us.\nThe keys are at the desk.'
      const { id, mail, link } = await inviteTo('alpine', noa.who.email, { roles: [{ role: 'auditor' }], message })
      expect(mail.organization).toBe('alpine')
      expect(link.startsWith(`${noa.address.url}/invitation?`)).toBe(true)
      // Programs that read mail open its links.
      for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET']) await ask(link, { method })
      await noa.page.goto(link)
      await noa.seesScreen('invitation')
      expect(new URL(noa.page.url()).search).toBe('')
      await seesText(noa, 'Alpine Air')
      await seesText(noa, 'belong to its team')
      await expect(noa.part('invitation.email')).toHaveText(noa.who.email)
      await expect(noa.part('invitation.roles')).toHaveText('Auditor')
      expect(await noa.read('invitation.message')).toBe(message)
      expect(await invitationAt('alpine', id)).toMatchObject({ state: 'pending' })

      const good = noa.who
      noa.who = { ...good, password: 'short' }
      await fillIn(noa)
      await noa.press('invitation.submit')
      await noa.seesScreen('invitation')
      await expect(noa.part('invitation.password')).toHaveAttribute('aria-invalid', 'true')
      await expect(noa.part('invitation.password')).toHaveValue('')
      await expect(noa.part('invitation.given-name')).toHaveValue(good.givenName)
      noa.who = good
      await noa.type('invitation.password', good.password)
      await noa.press('invitation.submit')
      await noa.seesScreen('account')
      await noa.seesNotice(/accepted the invitation/)
      expect(await invitationAt('alpine', id)).toMatchObject({ state: 'accepted' })

      await noa.page.goto(link)
      await noa.seesScreen('invitation')
      await expect(noa.page.locator('h1')).toHaveText(/has been accepted/)
      await expect(noa.part('invitation.submit')).toHaveCount(0)
      await expect(noa.page.locator('main')).not.toContainText(noa.who.email)
      await noa.signOut()
      await noa.signIn()
      await noa.seesScreen('account')
    })

    test('somebody who has an account proves it by its password', async ({ visit }) => {
      const known = await newMember(addressIn('skyway'))
      const { id, link } = await inviteTo('alpine', known.email, { kind: 'consumer' })
      const rita = await visit(addressIn('alpine', 'path'), { scripts })
      rita.who = { ...rita.who, email: known.email, password: known.password }
      await rita.page.goto(link)
      await rita.seesScreen('invitation')
      await seesText(rita, 'an account of your own')
      await expect(rita.part('invitation.given-name')).toHaveCount(0)
      await rita.type('invitation.password', 'not the password at all')
      await rita.press('invitation.submit')
      await rita.seesScreen('invitation')
      await expect(rita.part('invitation.password')).toHaveAttribute('aria-invalid', 'true')
      expect(await invitationAt('alpine', id)).toMatchObject({ state: 'pending' })
      await rita.type('invitation.password', known.password)
      await rita.press('invitation.submit')
      await rita.seesScreen('account')
      expect(await invitationAt('alpine', id)).toMatchObject({ state: 'accepted' })
    })

    test('whoever is signed in already presses one button', async ({ visit }) => {
      const ines = await visit(addressIn('alpine', 'path'), { scripts })
      const { id, link } = await inviteTo('alpine', ines.who.email)
      await ines.signUp()
      await ines.proveAddressByCode()
      await ines.seesScreen('account')
      await ines.page.goto(link)
      await ines.seesScreen('invitation')
      await expect(ines.page.locator('main input:not([type="hidden"])')).toHaveCount(0)
      await ines.press('invitation.submit')
      await ines.seesScreen('account')
      await ines.seesNotice(/accepted the invitation/)
      expect(await invitationAt('alpine', id)).toMatchObject({ state: 'accepted' })
    })

    test('whoever is signed in as somebody else is told so, signs out, and the invitation is still there', async ({
      visit,
    }) => {
      const marek = await visit(addressIn('alpine', 'path'), { scripts })
      await marek.signUp()
      await marek.proveAddressByCode()
      await marek.seesScreen('account')
      const invited = newAddress('noa')
      const { id, link } = await inviteTo('alpine', invited)
      await marek.page.goto(link)
      await marek.seesScreen('invitation')
      await expect(marek.page.locator('h1')).toHaveText(/another account/)
      await seesText(marek, marek.who.email)
      await expect(marek.page.locator('main')).not.toContainText(invited)
      await expect(marek.part('invitation.submit')).toHaveCount(0)
      expect(await invitationAt('alpine', id)).toMatchObject({ state: 'pending' })
      await marek.press('invitation.sign-out')
      await marek.seesScreen('invitation')
      await expect(marek.part('invitation.email')).toHaveText(invited)
      await fillIn(marek)
      await marek.press('invitation.submit')
      await marek.seesScreen('account')
      await marek.open('/account/profile')
      await expect(marek.page.locator('main')).toContainText(invited)
    })

    test('one that was taken back leads to nothing', async ({ visit }) => {
      const noa = await visit(addressIn('alpine', 'path'), { scripts })
      const { id, link } = await inviteTo('alpine', noa.who.email)
      await noa.page.goto(link)
      await noa.seesScreen('invitation')
      expect((await callApi('DELETE', `/organizations/~alpine/invitations/${id}`)).status).toBe(204)
      await fillIn(noa)
      await noa.press('invitation.submit')
      await noa.seesScreen('invitation')
      await expect(noa.page.locator('h1')).toHaveText(/taken back/)
      expect(await noa.isSignedIn()).toBe(false)
    })

    test('where a second step is required, it is set up before anybody is in', async ({ visit }) => {
      const noa = await visit(addressIn('pacifica', 'path'), { scripts })
      const { link } = await inviteTo('pacifica', noa.who.email)
      await noa.page.goto(link)
      await noa.seesScreen('invitation')
      await fillIn(noa)
      await noa.press('invitation.submit')
      await noa.seesScreen('mfa-enrol')
      expect(await noa.isSignedIn()).toBe(false)
      await noa.open('/mfa')
      noa.app = new Authenticator(await noa.read('mfa-enrol.secret'))
      await noa.typeCode(await noa.app.nextCode())
      await noa.seesScreen('account')
    })
  })
}

test('a link is worth nothing at another organization, cut off, or not at all', async ({ visit }) => {
  const noa = await visit(addressIn('pacifica', 'path'))
  const { id, link } = await inviteTo('alpine', noa.who.email)
  const secret = new URL(link).searchParams.get('ticket') ?? ''
  for (const ticket of [secret, secret.slice(0, -3), '', 'made-up']) {
    await noa.open(`/invitation?ticket=${ticket}`)
    await noa.seesScreen('invitation')
    await expect(noa.page.locator('h1')).toHaveText(/doesn’t work/)
    await expect(noa.part('invitation.submit')).toHaveCount(0)
  }
  expect(await invitationAt('alpine', id)).toMatchObject({ state: 'pending' })
})

test('the page of an invitation speaks the language that is chosen on it, and is still there', async ({ visit }) => {
  const noa = await visit(addressIn('skyway'), { language: 'ar', width: 320 })
  const { link } = await inviteTo('skyway', noa.who.email, { roles: [{ role: 'people-manager' }] })
  await noa.page.goto(link)
  await noa.seesScreen('invitation')
  await expect(noa.page.locator('html')).toHaveAttribute('dir', 'rtl')
  expect(await noa.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await noa.page.locator('[data-part="locale.choice"] summary').click()
  await noa.press('locale.de')
  await noa.seesScreen('invitation')
  await expect(noa.part('invitation.roles')).toHaveText('Personenverwaltung')
})
