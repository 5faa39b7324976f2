// After signing out nothing personal is left in the browser: not behind the back button, and not for the next person.

import { expect, test } from './support/stories.ts'
import { addressIn } from './support/world.ts'

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test('the back button shows nothing of whoever has signed out', async ({ visit }) => {
      const ines = await visit(addressIn('alpine', 'name'), { scripts })
      await ines.signUp()
      await ines.proveAddressByCode()
      await ines.seesScreen('account')
      await ines.open('/account/profile')
      await expect(ines.page.locator('body')).toContainText(ines.who.email)
      await ines.signOut()
      for (let steps = 0; steps < 4; steps += 1) {
        await ines.page.goBack()
        await expect(ines.page.locator('body')).not.toContainText(ines.who.email)
        await expect(ines.page.locator('body')).not.toContainText(ines.who.familyName)
        await expect(ines.page.locator('main')).toHaveAttribute('data-screen', /^sign-(?:in|out|up)$/)
      }
    })

    test('the next person in the same browser is only themselves', async ({ visit }) => {
      const ines = await visit(addressIn('alpine', 'name'), { scripts })
      await ines.signUp()
      await ines.proveAddressByCode()
      const first = ines.who
      await ines.signOut()
      ines.who = { ...first, email: `next.${first.email}`, givenName: 'Marek', familyName: 'Novák' }
      await ines.signUp()
      await ines.proveAddressByCode()
      await ines.seesScreen('account')
      await expect(ines.page.locator('body')).toContainText('Marek')
      await expect(ines.page.locator('body')).not.toContainText(first.givenName)
    })

    test('signing out in one window signs the other windows of the browser out', async ({ visit }) => {
      const ines = await visit(addressIn('alpine', 'path'), { scripts })
      await ines.signUp()
      await ines.proveAddressByCode()
      await ines.seesScreen('account')
      const window = await ines.page.context().newPage()
      await window.goto(`${ines.address.url}/account/profile`)
      await expect(window.locator('main')).toHaveAttribute('data-screen', 'profile')
      await ines.signOut()
      await window.reload()
      await expect(window.locator('main')).toHaveAttribute('data-screen', 'sign-in')
    })

    test('a form that was sent twice, or after its time, says what is true now', async ({ visit }) => {
      const ines = await visit(addressIn('alpine', 'path'), { scripts })
      await ines.signUp()
      await ines.proveAddressByCode()
      await ines.open('/account/profile?edit=phone')
      const stale = await ines.page.context().newPage()
      await stale.goto(`${ines.address.url}/account/profile?edit=name`)
      await ines.type('profile.phone', '+41 44 668 18 00')
      await ines.press('profile.phone.save')
      await ines.seesNotice(/Saved/)
      await stale.locator('[data-part="profile.given-name"]').fill('Somebody')
      await stale.locator('[data-part="profile.name.save"]').click()
      await expect(stale.locator('[role="alert"]')).toHaveAttribute('data-code', 'person.changed_elsewhere')
      await expect(stale.locator('[data-part="profile.given-name"]')).toHaveValue('Somebody')
      await stale.locator('[data-part="profile.name.save"]').click()
      await expect(stale.locator('[data-part="profile.name.value"]')).toContainText('Somebody')
    })

    test('whoever was signed out while they worked comes back to where they were', async ({ visit }) => {
      const ines = await visit(addressIn('alpine', 'domain'), { scripts })
      await ines.signUp()
      await ines.proveAddressByCode()
      await ines.open('/account/profile?edit=phone')
      await ines.page.context().clearCookies()
      await ines.type('profile.phone', '+41 44 668 18 00')
      await ines.press('profile.phone.save')
      await ines.seesScreen('sign-in')
      await ines.answerSignIn()
      await ines.seesScreen('profile')
    })
  })
}

test('a form of a megabyte is answered by a page in a browser, too', async ({ visit }) => {
  const ines = await visit(addressIn('alpine', 'name'))
  await ines.open('/sign-up')
  await ines.fillInSignUp()
  await ines.part('sign-up.given-name').evaluate((field) => {
    if (field instanceof HTMLInputElement) field.value = 'a'.repeat(1024 * 1024)
  })
  await ines.press('sign-up.submit')
  await ines.seesScreen('error')
  await expect(ines.page.locator('h1')).toHaveText(/too much/)
})
