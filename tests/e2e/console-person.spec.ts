// One person of an organization as its administrators look after them, from their first day to their last.

import { counting, createPerson, signedInAs } from './support/console.ts'
import { linkIn, newestMail } from './support/mail.ts'
import { newPassword } from './support/newcomers.ts'
import { expect, test } from './support/stories.ts'
import { addressIn } from './support/world.ts'

const alpine = () => addressIn('alpine', 'path')
const ada = 'ada@alpine.example'

for (const scripts of [true, false]) {
  test(`somebody is looked after from their first day to their last, ${scripts ? 'with' : 'without'} scripts`, async ({
    visit,
  }) => {
    test.slow()
    const owner = await signedInAs(visit, alpine(), ada, { scripts })
    const noa = await visit(alpine(), { scripts })
    let made = { id: '', email: '', path: '' }

    await test.step('is created, and chooses a password that nobody else sees', async () => {
      made = await createPerson(owner)
      await owner.seesNotice(/link to choose their password/)
      await noa.page.goto(linkIn(await newestMail(made.email, 'account-created')))
      noa.who = { ...noa.who, email: made.email }
      await noa.setNewPassword(newPassword())
      await noa.answerSignIn()
      await noa.seesScreen('account')
    })

    await test.step('has a profile that says at its field what is wrong', async () => {
      await owner.open(made.path)
      await owner.press('person.phone.edit')
      await owner.type('person.phone', '079 555')
      await owner.press('person.phone.save')
      await owner.seesAlert(/Phone/)
      await expect(owner.part('person.phone')).toHaveValue('079 555')
      await owner.type('person.phone', '+41 79 555 01 42')
      await owner.press('person.phone.save')
      await owner.seesNotice(/Saved/)
      await expect(owner.part('person.phone.value')).toHaveText('+41795550142')
    })

    await test.step('is given a role until a day, and it is taken back', async () => {
      await owner.press('person.role.open')
      await owner.part('person.role').selectOption('auditor')
      await owner.type('person.ends-at', '2099-12-31')
      await owner.press('person.role.save')
      await owner.seesNotice(/role is given/)
      await expect(owner.part('person.grant')).toContainText('31 December 2099')
      await owner.press('person.access.why')
      await owner.seesScreen('person-access')
      await expect(owner.part('person-access.reason')).toContainText('in person')
      await expect(owner.part('person-access.reason')).toContainText('Read the audit log')
      await owner.open(made.path)
      await owner.press('person.grant.take-back')
      await owner.seesNotice(/taken back/)
      await expect(owner.part('person.grant')).toHaveCount(0)
    })

    await test.step('is signed out everywhere', async () => {
      expect(await noa.isSignedIn()).toBe(true)
      await owner.open(made.path)
      await expect(owner.part('person.session').first()).toContainText('Chrome')
      await owner.press('person.end-sessions')
      await owner.seesNotice(/Signed out/)
      expect(await noa.isSignedIn()).toBe(false)
    })

    await test.step('is suspended for a reason, and not without one', async () => {
      await owner.press('person.suspend')
      await owner.press('person-act.submit')
      await owner.seesAlert(/Reason/)
      await owner.type('person-act.reason', 'On leave')
      await owner.press('person-act.submit')
      await owner.seesScreen('person')
      await owner.seesNotice(/Suspended/)
      await noa.signIn()
      await noa.seesScreen('sign-in')
    })

    await test.step('is resumed, and can enter with the same password', async () => {
      await owner.press('person.resume')
      await owner.press('person-act.submit')
      await owner.seesNotice(/Resumed/)
      await noa.signIn()
      await noa.seesScreen('account')
    })

    await test.step('is removed for good', async () => {
      await owner.press('person.remove')
      await owner.type('person-act.reason', 'Left the company')
      await owner.press('person-act.submit')
      await owner.seesScreen('people')
      await owner.seesNotice(/Removed/)
      expect((await owner.open(made.path)).status()).toBe(404)
      expect(await noa.isSignedIn()).toBe(false)
    })
  })
}

test('a lost password is reset in three steps, for a reason, and whoever does it never sees it', async ({ visit }) => {
  const owner = await signedInAs(visit, alpine(), ada)
  const made = await createPerson(owner)
  const noa = await visit(alpine())
  await noa.page.goto(linkIn(await newestMail(made.email, 'account-created')))
  noa.who = { ...noa.who, email: made.email }
  await noa.setNewPassword(newPassword())
  await owner.open(made.path)
  const { press, type, steps } = counting(owner)
  await press('person.reset-password')
  await type('person-act.reason', 'Asked by phone')
  await press('person-act.submit')
  expect(steps()).toBeLessThanOrEqual(3)
  await owner.seesNotice(/password is reset/)
  const mail = await newestMail(made.email, 'password-reset-by-administrator')
  const secret = new URL(linkIn(mail)).searchParams.get('ticket') ?? ''
  expect(secret.length).toBeGreaterThan(20)
  expect(await owner.page.content()).not.toContain(secret)
  await noa.signIn()
  await noa.seesAlert(/don’t match/)
  await noa.openLink(mail)
  await noa.setNewPassword(newPassword())
  await noa.answerSignIn()
  await noa.seesScreen('account')
})

test('somebody who lives above is taken in, explained, and let go again', async ({ visit }) => {
  const yara = await signedInAs(visit, addressIn('sahel', 'path'), 'yara@sahel.example')
  await yara.open('/organization/people/new')
  await expect(yara.part('person-new.given-name')).toHaveCount(0)
  await yara.type('person-new.email', 'rita@skyway.example')
  await yara.press('person-new.submit')
  await yara.seesScreen('person')
  const path = new URL(yara.page.url()).pathname.slice(yara.address.base.length)
  await expect(yara.part('person.home.value')).toHaveText('Skyway')
  await expect(yara.part('person.name.edit')).toHaveCount(0)
  await yara.open(`${path}/access`)
  await expect(yara.part('person-access.chain')).toContainText('Skyway')
  await yara.open(`${path}/remove`)
  await yara.type('person-act.reason', 'Was a visit')
  await yara.press('person-act.submit')
  await yara.seesScreen('people')
})
