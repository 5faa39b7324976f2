// Somebody has lost their second step: they ask, an administrator who knows them agrees, and a link together with their password
// lets them start anew. Whoever did not ask stops it with one press.

import { answerOf, callApi } from './support/api.ts'
import { callingAs, signedInAs } from './support/console.ts'
import { linkIn, mailsTo } from './support/mail.ts'
import { expect, type Meets, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { addressIn } from './support/world.ts'

const address = () => addressIn('alpine', 'path')
const ada = 'ada@alpine.example'
const list = '/organization/people/recovery'

/** The link comes as soon as somebody has agreed: nobody waits for a day in a story. Several say so at the same moment. */
const waitForNothing = (): Promise<void> =>
  expect(async () => {
    const { headers } = await callApi('GET', '/organizations/~alpine')
    const body = { security: { recovery_wait_hours: 0 } }
    answerOf(await callApi('PATCH', '/organizations/~alpine', body, { 'if-match': headers.etag ?? '' }))
  }).toPass({ timeout: 10_000 })

/** Somebody with a second step, in a browser in which they have never been, and without their app. */
const withoutApp = async (visit: Meets, scripts: boolean): Promise<Visitor> => {
  const ines = await visit(address(), { scripts })
  await ines.signUp()
  await ines.proveAddressByCode()
  await ines.seesScreen('account')
  await ines.addSecondStep()
  const elsewhere = await visit(address(), { scripts })
  elsewhere.who = ines.who
  await elsewhere.signIn()
  return elsewhere
}

const askForHelp = async (ines: Visitor): Promise<void> => {
  await ines.press('way.help')
  await ines.seesScreen('step-help')
  await ines.type('step-help.reason', 'My phone is at the bottom of the lake')
  await ines.press('step-help.submit')
  await ines.seesScreen('sign-in')
}

/** What waits, opened by whoever decides. */
const openRequest = async (owner: Visitor, email: string): Promise<void> => {
  await owner.open(`${list}?status=waiting`)
  await owner.seesScreen('recoveries')
  await owner.page.locator('[data-part="recoveries.table"] tr', { hasText: email }).locator('a').first().click()
  await owner.seesScreen('recovery')
}

test.beforeAll(waitForNothing)

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test('a lost second step is removed once somebody has agreed, and the link alone is not enough', async ({
      visit,
    }) => {
      test.slow()
      const ines = await withoutApp(visit, scripts)
      await askForHelp(ines)
      const { email } = ines.who
      const owner = await signedInAs(visit, address(), ada, { scripts })
      await ines.readMail('recovery-requested')

      await test.step('an administrator is asked for how they know', async () => {
        await openRequest(owner, email)
        await expect(owner.part('recovery.reason.value')).toContainText('bottom of the lake')
        await owner.press('recovery.approve.open')
        await owner.press('recovery.approve.submit')
        await owner.seesAlert(/How you know/)
        await owner.type('recovery.reason', 'Called her at the desk')
        await owner.press('recovery.approve.submit')
        await owner.seesScreen('recoveries')
        await owner.seesNotice(/Approved/)
      })

      await test.step('the link wants the password', async () => {
        await ines.openLink(await ines.readMail('recovery-ready'))
        await ines.seesScreen('recover-factor')
        expect(ines.page.url()).not.toContain('ticket')
        await ines.type('recover-factor.password', 'not the password of anybody')
        await ines.press('recover-factor.submit')
        await ines.seesScreen('recover-factor')
        await ines.seesAlert(/./)
        await ines.type('recover-factor.password', ines.who.password)
        await ines.press('recover-factor.submit')
        await ines.seesScreen('sign-in')
        await ines.seesNotice(/second step is removed/)
      })

      await test.step('and the password alone is enough from then on', async () => {
        await ines.answerSignIn()
        await ines.seesScreen('account')
        expect((await mailsTo(email)).map(({ template }) => template)).toContain('second-step-removed')
        await ines.open('/recover/factor')
        await expect(ines.part('recover-factor.submit')).toHaveCount(0)
      })
    })

    test('whoever did not ask stops it, and is told to choose another password', async ({ visit }) => {
      test.slow()
      const thief = await withoutApp(visit, scripts)
      await askForHelp(thief)
      const mail = await thief.readMail('recovery-requested')
      const owner = await visit(address(), { scripts })
      owner.who = thief.who
      // Programs that open links in mails stop nothing.
      for (let look = 0; look < 3; look += 1) await owner.page.request.get(linkIn(mail))
      await owner.openLink(mail)
      await owner.seesScreen('recover-cancel')
      await owner.press('recover-cancel.submit')
      await owner.seesScreen('recover-cancel')
      await expect(owner.part('recover-cancel.submit')).toHaveCount(0)
      await expect(owner.part('recover-cancel.change')).toBeVisible()
      await owner.readMail('recovery-cancelled')
      const administrator = await signedInAs(visit, address(), ada, { scripts })
      await administrator.open(`${list}?status=waiting`)
      await expect(administrator.page.locator('main')).not.toContainText(thief.who.email)
    })
  })
}

test('nobody looks at those who ask for help without the right to help them', async () => {
  const ben = await callingAs(address(), 'ben@alpine.example')
  for (const path of [list, `${list}/rcv_00000000000000000000000000`]) {
    expect((await ben.send(path)).status, path).toBe(404)
  }
  const owner = await callingAs(address(), ada)
  expect((await owner.send(`${list}/rcv_00000000000000000000000000`)).status).toBe(404)
})
