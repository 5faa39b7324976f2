// "This wasn't me": somebody else has signed in, the mail says so, and one press in it throws them out everywhere.

import { linkIn } from './support/mail.ts'
import { newPassword } from './support/newcomers.ts'
import { ask } from './support/raw.ts'
import { expect, test } from './support/stories.ts'
import { addressIn } from './support/world.ts'

for (const form of ['path', 'domain'] as const) {
  for (const scripts of [true, false]) {
    test(`a thief is thrown out at an address by ${form}, ${scripts ? 'with' : 'without'} scripts`, async ({
      visit,
    }) => {
      test.slow()
      const address = addressIn('alpine', form)
      const mara = await visit(address, { scripts })
      await mara.signUp()
      await mara.proveAddressByLink()
      await mara.seesScreen('account')
      const stolen = mara.who.password

      const thief = await visit(address, { scripts })
      thief.who = mara.who
      await thief.signIn()
      await thief.seesScreen('account')
      const mail = await mara.readMail('new-device')
      const link = linkIn(mail)
      expect(mail.organization).toBe('alpine')
      expect(link.startsWith(`${address.url}/secure?`)).toBe(true)

      await test.step('programs that open links in mails do no harm', async () => {
        for (const method of ['GET', 'HEAD', 'GET']) await ask(link, { method })
        await mara.page.goto(link)
        await mara.seesScreen('secure')
        expect(new URL(mara.page.url()).search).toBe('')
        await expect(mara.page.locator('main')).toContainText(mara.who.email)
        expect(await thief.isSignedIn()).toBe(true)
      })

      await test.step('one press ends everything, and says what is left to do', async () => {
        await mara.press('secure.submit')
        await mara.seesScreen('secure')
        await expect(mara.part('secure.next').locator('li')).toHaveCount(3)
        await mara.page.reload()
        await expect(mara.part('secure.next')).toBeVisible()
        expect(await thief.isSignedIn()).toBe(false)
        expect(await mara.isSignedIn()).toBe(false)
        await thief.signIn(stolen)
        await thief.seesScreen('sign-in')
        await thief.seesAlert(/don’t match/)
      })

      await test.step('the link works for nobody else and nowhere else', async () => {
        await thief.page.goto(link)
        await thief.seesScreen('secure')
        await expect(thief.part('secure.submit')).toHaveCount(0)
        const stranger = await visit(addressIn('pacifica', 'path'), { scripts })
        await stranger.open(`/secure${new URL(link).search}`)
        await stranger.seesScreen('secure')
        await expect(stranger.part('secure.submit')).toHaveCount(0)
        await expect(stranger.part('secure.next')).toHaveCount(0)
      })

      await test.step('the mail that follows leads to the next password', async () => {
        await mara.openLink(await mara.readMail('account-secured'))
        await mara.setNewPassword(newPassword())
        await mara.answerSignIn()
        await mara.seesScreen('account')
      })
    })
  }
}
