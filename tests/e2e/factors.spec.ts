// Somebody looks after what they prove themselves with: each is added, tried out, used and taken away again. Passkeys have stories
// of their own.

import { Authenticator } from './support/authenticator.ts'
import { Caller, newMember } from './support/caller.ts'
import { failureIn } from './support/html.ts'
import { codeIn, mailsTo, newestMail } from './support/mail.ts'
import { newMobile } from './support/newcomers.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { addressIn } from './support/world.ts'

const alpine = () => addressIn('alpine', 'path')

const joins = async (ines: Visitor): Promise<void> => {
  await ines.signUp()
  await ines.proveAddressByLink()
  await ines.seesScreen('account')
}

/** The code of the newest short message to a number, which is kept without the spaces that people read. */
const codeSentTo = async (number: string, template: string, count = 1): Promise<string> =>
  codeIn(await newestMail(number, template, count))

for (const scripts of [true, false]) {
  const words = scripts ? 'with scripts' : 'without scripts'

  test(`an authenticator app is tried out, named, exchanged and removed, ${words}`, async ({ visit }) => {
    test.slow()
    const ines = await visit(alpine(), { scripts })
    await joins(ines)
    await ines.addSecondStep()
    await expect(ines.part('security.standing')).toContainText('second step on')

    await test.step('tries it out: a wrong code is told, the right one works', async () => {
      await ines.press('security.app.manage')
      await ines.type('security.app.code', ines.app?.wrongCode() ?? '')
      await ines.press('security.app.test')
      await ines.seesAlert(/isn’t right|doesn’t match|wrong/i)
      await ines.type('security.app.code', (await ines.app?.nextCode()) ?? '')
      await ines.press('security.app.test')
      await ines.seesNotice(/It works/)
    })

    await test.step('calls it something', async () => {
      await ines.press('security.app.manage')
      await ines.type('security.app.name', 'Work phone')
      await ines.press('security.app.rename')
      await expect(ines.part('security.totp')).toContainText('Work phone')
    })

    await test.step('takes another one: the old one works until the new one has shown its first code', async () => {
      const old = ines.app
      await ines.press('security.app.manage')
      await ines.press('security.totp.replace')
      ines.app = new Authenticator(await ines.read('mfa-enrol.secret'))
      await ines.open('/account/security?edit=manage-app')
      await ines.type('security.app.code', (await old?.nextCode()) ?? '')
      await ines.press('security.app.test')
      await ines.seesNotice(/It works/)
      await ines.open('/account/security?edit=app')
      await ines.typeCode(await ines.app.nextCode())
      await ines.seesNotice(/second step is on/)
      await ines.readMail('second-step-added', 2)
    })

    await test.step('signs in with the new one', async () => {
      await ines.signOut()
      await ines.signIn()
      await ines.answerSecondStep()
      await ines.seesScreen('account')
    })

    await test.step('removes it, and is told', async () => {
      await ines.removeSecondStep()
      await ines.readMail('second-step-removed')
      await expect(ines.part('security.standing')).toContainText('second step off')
    })
  })

  test(`a phone is added by the code it is sent, used and removed, ${words}`, async ({ visit }) => {
    const ines = await visit(alpine(), { scripts })
    await joins(ines)
    const number = newMobile()

    await test.step('types a number that is none, and then a real one', async () => {
      await ines.open('/account/security')
      await ines.press('security.phone.add')
      await ines.type('security.phone.number', '12')
      await ines.press('security.phone.send')
      await expect(ines.part('security.phone.number')).toHaveValue('12')
      await expect(ines.part('security.phone.number')).toHaveAttribute('aria-invalid', 'true')
      await ines.type('security.phone.number', number)
      await ines.press('security.phone.send')
    })

    await test.step('types a wrong code, and then the one that was sent', async () => {
      const code = await codeSentTo(number, 'verify-phone')
      await ines.typeCode(code === '000000' ? '000001' : '000000')
      await ines.seesAlert(/4 tries are left/)
      await ines.typeCode(code)
      await ines.seesNotice(/phone is added/)
      await expect(ines.part('security.phone')).toContainText(number.slice(-2))
      await ines.readMail('phone-added')
    })

    await test.step('signs in with a code that is sent there', async () => {
      await ines.signOut()
      await ines.signIn()
      await ines.typeCode(await codeSentTo(number, 'sign-in-code'))
      await ines.seesScreen('account')
    })

    await test.step('removes it, and needs the password alone', async () => {
      await ines.open('/account/security')
      await ines.press('security.phone.remove')
      await ines.press('security.phone.remove.submit')
      await ines.seesNotice(/phone is removed/)
      await ines.readMail('phone-removed')
      await ines.signOut()
      await ines.signIn()
      await ines.seesScreen('account')
    })
  })

  test(`recovery codes are shown once, taken along, and counted, ${words}`, async ({ visit }) => {
    const ines = await visit(alpine(), { scripts })
    await joins(ines)
    await ines.open('/account/security')
    await ines.press('security.codes.make')
    await ines.seesScreen('recovery-codes')
    const codes = await ines.part('recovery-codes.list').locator('code').allTextContents()
    const made = ines.page.url()

    await test.step('takes them along', async () => {
      expect(new Set(codes).size).toBe(10)
      const [download] = await Promise.all([
        ines.page.waitForEvent('download'),
        ines.part('recovery-codes.download').click(),
      ])
      expect(download.suggestedFilename()).toBe('recovery-codes.txt')
      const chunks: Buffer[] = []
      for await (const chunk of await download.createReadStream()) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString('utf8')
      for (const code of codes) expect(text).toContain(code)
      await expect(ines.part('recovery-codes.copy')).toBeVisible({ visible: scripts })
      await expect(ines.part('recovery-codes.print')).toBeVisible({ visible: scripts })
    })

    await test.step('prints them, and nothing of the page around them', async () => {
      await ines.page.emulateMedia({ media: 'print' })
      await expect(ines.part('recovery-codes.list')).toBeVisible()
      await expect(ines.part('recovery-codes.done')).toBeHidden()
      await expect(ines.page.locator('nav').first()).toBeHidden()
      await ines.page.emulateMedia({ media: 'screen' })
    })

    await test.step('puts them away: they are shown to nobody any more', async () => {
      await ines.press('recovery-codes.done')
      await ines.seesNotice(/codes are ready/)
      await ines.page.goto(made)
      await ines.seesScreen('security')
      await expect(ines.part('security.codes.left')).toHaveText('10 of 10 left')
      for (const code of codes) expect(await ines.page.content()).not.toContain(code)
      await ines.readMail('recovery-codes-made')
    })

    await test.step('makes others only after being told that these go', async () => {
      await ines.press('security.codes.new')
      await expect(ines.page.locator('main')).toContainText('The 10 codes that you have left stop working')
      await ines.press('security.codes.submit')
      await ines.seesScreen('recovery-codes')
      const others = await ines.part('recovery-codes.list').locator('code').allTextContents()
      expect(others.filter((code) => codes.includes(code))).toEqual([])
    })
  })
}

test('codes that somebody has just made are shown in their own browser alone', async () => {
  const [ada, eve] = [await newMember(alpine()), await newMember(alpine())]
  const made = await ada.caller.answer('/account/security/recovery-codes', { intent: 'make' })
  const path = new URL(String(made.headers.location), ada.caller.address.url)
  const shown = `/account/security/recovery-codes${path.search}`
  expect((await ada.caller.see(shown)).body).toContain('recovery-codes.list')
  const other = new Caller(alpine())
  await other.signIn(ada.email, ada.password)
  for (const caller of [other, eve.caller]) {
    expect((await caller.see(shown)).body).not.toContain('recovery-codes.list')
    const file = await caller.see(`/account/security/recovery-codes/file${path.search}`)
    expect(file.status).toBe(404)
  }
})

test('a phone that was never confirmed is told of by nobody, and asked for by nobody', async () => {
  const { caller, email } = await newMember(alpine())
  const number = newMobile()
  await caller.answer('/account/security/phones', { intent: 'start', phone: number })
  const reply = await caller.answerAndFollow('/account/security/phones', { intent: 'confirm', code: '000000' })
  expect(failureIn(reply.body)).toBe('ticket.wrong_code')
  expect((await mailsTo(email)).filter(({ template }) => template === 'phone-added')).toEqual([])
})

test('the page of security fits a phone, from right to left', async ({ visit }) => {
  const yara = await visit(addressIn('sahel', 'path'), { language: 'ar', width: 320 })
  for (const state of ['default', 'app', 'phone-code', 'long', 'passkey']) {
    await yara.page.goto(new URL(`/gallery/sahel/ar/light/security/${state}`, yara.address.origin).href)
    await expect(yara.page.locator('html')).toHaveAttribute('dir', 'rtl')
    const isWider = await yara.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    expect(isWider, state).toBe(false)
  }
})
