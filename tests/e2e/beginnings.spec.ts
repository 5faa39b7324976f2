// How an account begins: the address is proven by the link or by the code of one mail, where the sign-up was begun, and
// only by somebody who acts.

import { Authenticator } from './support/authenticator.ts'
import { newMember } from './support/caller.ts'
import { codeIn, linkIn, mailsTo } from './support/mail.ts'
import { newPassword } from './support/newcomers.ts'
import { ask } from './support/raw.ts'
import { expect, test } from './support/stories.ts'
import { addressIn, formsOf, handles } from './support/world.ts'

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test('the code of the mail is as good as its link', async ({ visit }) => {
      const ines = await visit(addressIn('sahel', 'name'), { scripts })
      await ines.signUp()
      await ines.proveAddressByCode()
      await ines.seesScreen('account')
      // The link of the same mail is spent with it.
      await ines.signOut()
      await ines.openLink(await ines.readMail('verify-email'))
      await ines.seesScreen('verify')
      await expect(ines.part('verify.submit')).toHaveCount(0)
    })

    test('a link that is opened in another browser shows the code to type, and signs nobody in there', async ({
      visit,
    }) => {
      const address = addressIn('alpine', 'domain')
      const ines = await visit(address, { scripts })
      await ines.signUp()
      const phone = await visit(address, { scripts })
      const mail = await ines.readMail('verify-email')
      await phone.openLink(mail)
      await phone.seesScreen('verify')
      const shown = await phone.read('verify.code')
      expect(shown.replaceAll(' ', '')).toBe(codeIn(mail))
      expect(await phone.isSignedIn()).toBe(false)
      await ines.typeCode(shown)
      await ines.seesScreen('account')
      expect(await phone.isSignedIn()).toBe(false)
    })

    test('a wrong code says so and leaves room for the right one', async ({ visit }) => {
      const ines = await visit(addressIn('skyway'), { scripts })
      await ines.signUp()
      const right = codeIn(await ines.readMail('verify-email'))
      await ines.typeCode(right === '123456' ? '654321' : '123456')
      await ines.seesScreen('check-mail')
      await ines.seesAlert(/4 tries are left/)
      await ines.typeCode(`${right.slice(0, 3)} ${right.slice(3)}`)
      await ines.seesScreen('account')
    })

    test('where a second step is required, it is set up before anybody is signed in', async ({ visit }) => {
      const ines = await visit(addressIn('pacifica', 'name'), { scripts })
      await ines.signUp()
      await ines.proveAddressByLink()
      await ines.seesScreen('mfa-enrol')
      expect(await ines.isSignedIn()).toBe(false)
      await ines.open('/mfa')
      ines.app = new Authenticator(await ines.read('mfa-enrol.secret'))
      await ines.typeCode(await ines.app.nextCode())
      await ines.seesScreen('account')
      await ines.readMail('second-step-added')
      await ines.open('/account/security?edit=remove-app')
      await expect(ines.part('security.totp.stays')).toContainText('requires one')
      await expect(ines.part('security.totp.submit')).toHaveCount(0)
    })

    test('a password that cannot be taken is told at its field, and nothing that was typed is lost', async ({
      visit,
    }) => {
      const ines = await visit(addressIn('alpine', 'path'), { scripts })
      const good = ines.who.password
      ines.who = { ...ines.who, password: 'short' }
      await ines.open('/sign-up')
      await ines.fillInSignUp()
      await ines.press('sign-up.submit')
      await ines.seesScreen('sign-up')
      await expect(ines.part('sign-up.password')).toHaveAttribute('aria-invalid', 'true')
      await expect(ines.part('sign-up.password')).toHaveValue('')
      await expect(ines.part('sign-up.email')).toHaveValue(ines.who.email)
      await expect(ines.part('sign-up.given-name')).toHaveValue(ines.who.givenName)
      await ines.type('sign-up.password', good)
      await ines.press('sign-up.submit')
      await ines.seesScreen('check-mail')
    })
  })
}

test.describe('somebody signs in with scripts on, and stays where they are:', () => {
  for (const handle of handles) {
    for (const form of formsOf(handle)) {
      test(`${handle}, met by its ${form}`, async ({ visit }) => {
        const address = addressIn(handle, form)
        const { email, password, app } = await newMember(address)
        const ines = await visit(address)
        ines.who = { ...ines.who, email, password }
        ines.app = app
        await ines.signIn()
        if (app) await ines.answerSecondStep()
        await ines.seesScreen('account')
        await ines.press('nav.profile')
        await ines.seesScreen('profile')
        await ines.signOut()
      })
    }
  }
})

test('programs that open every link of a mail do no harm', async ({ visit }) => {
  const ines = await visit(addressIn('alpine', 'name'))
  await ines.signUp()
  const verification = linkIn(await ines.readMail('verify-email'))
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET']) await ask(verification, { method })
  await ines.proveAddressByLink()
  await ines.seesScreen('account')
  await ines.signOut()

  await ines.askForRecovery()
  const mail = await ines.readMail('recover-password')
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET']) await ask(linkIn(mail), { method })
  await ines.openLink(mail)
  await ines.setNewPassword(newPassword())
  await ines.seesScreen('sign-in')
})

test('the secret of a link is gone from the address bar, and no page asks anybody else for anything', async ({
  visit,
}) => {
  const ines = await visit(addressIn('alpine', 'name'))
  const asked: string[] = []
  ines.page.on('request', (request) => asked.push(request.url()))
  await ines.signUp()
  const link = linkIn(await ines.readMail('verify-email'))
  await ines.proveAddressByLink()
  await ines.seesScreen('account')
  const secret = new URL(link).searchParams.get('ticket') ?? ''
  expect(asked.filter((url) => new URL(url).origin !== ines.address.origin)).toEqual([])
  expect(asked.filter((url) => url.includes(secret))).toEqual([link])
  await ines.page.goBack()
  expect(ines.page.url()).not.toContain(secret)
})

test('somebody who has an account already is told so by mail alone', async ({ visit }) => {
  const ines = await visit(addressIn('alpine', 'name'))
  await ines.signUp()
  await ines.proveAddressByCode()
  await ines.seesScreen('account')
  const twin = await visit(addressIn('alpine', 'name'))
  twin.who = { ...ines.who, password: newPassword() }
  await twin.signUp()
  const mail = await ines.readMail('account-exists')
  expect(mail.text).toContain(twin.address.url)
  await ines.page.context().clearCookies()
  await ines.signIn()
  await ines.seesScreen('account')
})

test('nobody gets mail that they did not cause', async ({ visit }) => {
  const ines = await visit(addressIn('alpine', 'name'))
  await ines.askForRecovery()
  // Delivered in order: when this one is there, the other one would be.
  await ines.signUp()
  await ines.readMail('verify-email')
  expect((await mailsTo(ines.who.email)).map(({ template }) => template)).toEqual(['verify-email'])
})
