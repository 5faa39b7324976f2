// Somebody looks after the browsers they are signed in with; and whoever finds one open, a while later, changes nothing of how its
// owner proves themselves.

import { freePort } from '../support/free-port.ts'
import { Caller, newMember } from './support/caller.ts'
import { failureIn, screenOf } from './support/html.ts'
import { mailsTo } from './support/mail.ts'
import { newDataDirectory, OwnServer, removeDataDirectory } from './support/server.ts'
import { expect, test } from './support/stories.ts'
import { addressIn, notesIn } from './support/world.ts'

for (const scripts of [true, false]) {
  test(`somebody sees where they are signed in and ends it, ${scripts ? 'with' : 'without'} scripts`, async ({
    visit,
  }) => {
    test.slow()
    const address = addressIn('alpine', 'path')
    const ines = await visit(address, { scripts })
    const elsewhere = await visit(address, { scripts })
    const third = await visit(address, { scripts })

    await test.step('is told of a browser that they have never used, and not of their first', async () => {
      await ines.signUp()
      await ines.proveAddressByLink()
      await ines.seesScreen('account')
      for (const other of [elsewhere, third]) {
        other.who = ines.who
        await other.signIn()
        await other.seesScreen('account')
      }
      const told = (await mailsTo(ines.who.email)).filter(({ template }) => template === 'new-device')
      expect(told).toHaveLength(2)
    })

    await test.step('sees this browser first, and what the others are', async () => {
      await ines.press('account.sessions')
      await ines.seesScreen('sessions')
      const cards = ines.part('sessions.session')
      await expect(cards).toHaveCount(3)
      await expect(cards.first()).toContainText('This browser')
      await expect(ines.part('sessions.this')).toHaveCount(1)
      await expect(ines.part('sessions.end')).toHaveCount(2)
    })

    await test.step('ends one: that browser is signed out, the others are not', async () => {
      await Promise.all([ines.page.waitForEvent('load'), ines.part('sessions.end').first().click()])
      await ines.seesNotice(/Signed out there/)
      const alive = [await elsewhere.isSignedIn(), await third.isSignedIn()]
      expect(alive.filter(Boolean)).toHaveLength(1)
    })

    await test.step('ends all others, and stays signed in', async () => {
      await ines.open('/account/sessions')
      await ines.press('sessions.end-others')
      await ines.seesNotice(/everywhere else/)
      expect([await elsewhere.isSignedIn(), await third.isSignedIn()]).toEqual([false, false])
      await ines.open('/account/sessions')
      await ines.seesScreen('sessions')
      await expect(ines.part('sessions.session')).toHaveCount(1)
      await expect(ines.part('sessions.end-others')).toHaveCount(0)
    })

    await test.step('comes back in a browser that is known by now, of which nobody is told', async () => {
      await elsewhere.signIn()
      await elsewhere.seesScreen('account')
      const told = (await mailsTo(ines.who.email)).filter(({ template }) => template === 'new-device')
      expect(told).toHaveLength(2)
    })
  })
}

test('another person’s session is not there to be ended, nor one of nobody', async () => {
  const address = addressIn('alpine', 'path')
  const [ada, ben] = [await newMember(address), await newMember(address)]
  const second = new Caller(address)
  await second.signIn(ben.email, ben.password)
  const { body } = await ben.caller.see('/account/sessions')
  const target = /name="target" value="(ses_[0-9a-z]+)"/.exec(body)?.[1] ?? ''
  expect(target).not.toBe('')
  for (const id of [target, 'ses_00000000000000000000000000', '../x', '']) {
    const refused = await ada.caller.answerAndFollow('/account/sessions', { intent: 'end', target: id })
    expect(screenOf(refused.body)).toBe('sessions')
    expect(failureIn(refused.body)).toBe('session.not_found')
  }
  expect(await second.whoIsSignedIn()).toBe(ben.email)
  await ben.caller.answer('/account/sessions', { intent: 'end', target })
  expect(await second.whoIsSignedIn()).toBe('')
})

test.describe('a session of a while ago', () => {
  let directory = ''
  let server: OwnServer | null = null
  test.describe.configure({ timeout: 240_000 })
  test.beforeEach(() => {
    directory = newDataDirectory()
  })
  test.afterEach(async () => {
    await server?.stop()
    removeDataDirectory(directory)
  })

  test('asks for a proof, and then does what was asked for, in a session with another secret', async () => {
    const port = await freePort()
    server = await OwnServer.start({ directory, port })
    const { password } = notesIn(directory)
    const caller = new Caller(server.addressOf('alpine'))
    expect((await caller.signIn('ben@alpine.example', password)).path).toBe('/account')
    expect(await server.stop()).toBe(0)
    // The same place, a quarter of an hour later.
    const later = `data:text/javascript,globalThis[Symbol.for('livery')]=new Map([['clock',{ms:900000}]])`
    server = await OwnServer.start({ directory, port, settings: { NODE_OPTIONS: `--import="${later}"` } })
    const before = caller.cookie
    const asked = await caller.answerAndFollow('/account/security/totp', { intent: 'start' })
    expect(asked.path).toMatch(/^\/account\/confirm\?kept=nte_[0-9a-z]+$/)
    expect(screenOf(asked.body)).toBe('confirm')
    const kept = asked.path.slice(asked.path.indexOf('=') + 1)
    const wrong = await caller.answerAndFollow('/account/confirm', { kept, current_password: 'wrong wrong wrong' })
    expect([wrong.path, failureIn(wrong.body)]).toEqual([asked.path, 'password.wrong'])
    const done = await caller.answerAndFollow('/account/confirm', { kept, current_password: password })
    expect(screenOf(done.body)).toBe('security')
    expect(done.body).toContain('data-part="mfa-enrol.secret"')
    // Whoever had a copy of the cookie is out, and what was kept is used up.
    const thief = new Caller(caller.address)
    const copied = await thief.see('/account/profile', { cookie: before })
    expect(copied.status).toBe(307)
    const twice = await caller.answerAndFollow('/account/confirm', { kept, current_password: password })
    expect([screenOf(twice.body), failureIn(twice.body)]).toEqual(['security', null])
  })
})
