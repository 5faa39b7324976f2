// The whole life of one person with an account, told six times: met by path, by name and by own domain, with scripts and
// without. Whoever reads only this file knows what the product is for.

import { nameOf, primaryOf } from './support/brand.ts'
import { linkIn, type Mail } from './support/mail.ts'
import { newPassword } from './support/newcomers.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { addressIn } from './support/world.ts'

/** A mail wears the brand, and everything in it leads back to where its reader came from. */
const isFrom = ({ address }: Visitor, mail: Mail): void => {
  expect(mail.organization).toBe(address.handle)
  expect(mail.from).toContain(nameOf(address.handle))
  expect(mail.subject).not.toBe('')
  expect(mail.html.toLowerCase()).toContain(primaryOf(address.handle).light)
  expect(mail.text).not.toMatch(/livery/i)
  const links = mail.text.match(/https?:\/\/[^\s)]+/g) ?? []
  expect(links.filter((link) => !link.startsWith(`${address.url}/`))).toEqual([])
}

for (const form of ['path', 'name', 'domain'] as const) {
  for (const scripts of [true, false]) {
    test(`a life at an address by ${form}, ${scripts ? 'with' : 'without'} scripts`, async ({ visit }) => {
      test.slow()
      const address = addressIn('alpine', form)
      const ines = await visit(address, { scripts })

      await test.step('signs up, proves the address by the link, and is signed in and welcome', async () => {
        await ines.signUp()
        const mail = await ines.readMail('verify-email')
        isFrom(ines, mail)
        expect(linkIn(mail).startsWith(`${address.url}/verify?`)).toBe(true)
        await ines.proveAddressByLink()
        await ines.seesScreen('account')
        isFrom(ines, await ines.readMail('welcome'))
      })

      const elsewhere = await visit(address, { scripts })

      await test.step('signs in in another browser as well', async () => {
        elsewhere.who = ines.who
        await elsewhere.signIn()
        await elsewhere.seesScreen('account')
      })

      await test.step('adds a second step, and is told so: the other browser is signed out and asked for it', async () => {
        await ines.addSecondStep()
        elsewhere.app = ines.app
        isFrom(ines, await ines.readMail('second-step-added'))
        expect(await elsewhere.isSignedIn()).toBe(false)
        await elsewhere.signIn()
        await elsewhere.answerSecondStep()
        await elsewhere.seesScreen('account')
      })

      await test.step('signs out; nothing is left behind', async () => {
        await ines.signOut()
        expect(await ines.isSignedIn()).toBe(false)
      })

      await test.step('signs in again, with password and second step', async () => {
        await ines.signIn()
        await ines.answerSecondStep()
        await ines.seesScreen('account')
      })

      await test.step('changes the password: the other browser is signed out at once, this one is not', async () => {
        const before = ines.who.password
        expect(await elsewhere.isSignedIn()).toBe(true)
        await ines.changePassword(newPassword())
        expect(await elsewhere.isSignedIn()).toBe(false)
        expect(await ines.isSignedIn()).toBe(true)
        isFrom(ines, await ines.readMail('password-changed'))
        await elsewhere.signIn(before)
        await elsewhere.seesScreen('sign-in')
        await elsewhere.seesAlert(/don’t match/)
      })

      await test.step('recovers it by mail: signed in nowhere, and the second step is still asked', async () => {
        elsewhere.who = ines.who
        await elsewhere.askForRecovery()
        const mail = await ines.readMail('recover-password')
        isFrom(ines, mail)
        await elsewhere.openLink(mail)
        await elsewhere.setNewPassword(newPassword())
        await elsewhere.seesScreen('sign-in')
        await elsewhere.seesNotice(/password is changed/)
        expect(await ines.isSignedIn()).toBe(false)
        isFrom(ines, await ines.readMail('password-changed', 2))
        await expect(elsewhere.part('sign-in.username')).toHaveValue(elsewhere.who.email)
        await elsewhere.answerSignIn()
        await elsewhere.answerSecondStep()
        await elsewhere.seesScreen('account')
      })

      await test.step('removes the second step, is told so, and needs only the password from then on', async () => {
        await elsewhere.removeSecondStep()
        isFrom(ines, await ines.readMail('second-step-removed'))
        ines.who = elsewhere.who
        await ines.signIn()
        await ines.seesScreen('account')
      })
    })
  }
}
