// Passkeys, from the first to the last: made in My Account and on the way, used by a button and as the browser fills in, and gone
// from the device once they are of no use any more. With an authenticator that Chromium pretends to have.

import type { Page } from '@playwright/test'
import { signedInAs } from './support/console.ts'
import { PasskeyDevice } from './support/passkeys.ts'
import { expect, type Meets, test } from './support/stories.ts'
import type { Visitor, Wish } from './support/visitor.ts'
import { type Address, addressIn, type Form } from './support/world.ts'

/** Somebody new who is signed in, with a device beside them that has nothing in it yet. */
const newcomerAt = async (visit: Meets, address: Address, wish: Wish = {}) => {
  const ines = await visit(address, wish)
  const said = consoleOf(ines.page)
  const device = await PasskeyDevice.in(ines.page)
  await ines.signUp()
  await ines.proveAddressByLink()
  return { ines, device, said }
}

/** What the browser complained about. */
const consoleOf = (page: Page): string[] => {
  const said: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text())
  })
  page.on('pageerror', ({ message }) => said.push(message))
  return said
}

const hostOf = ({ origin }: Address): string => new URL(origin).hostname

const addPasskey = async (ines: Visitor, device: PasskeyDevice): Promise<void> => {
  await ines.open('/account/security')
  await device.touched(true)
  await ines.press('security.passkey.add')
  await ines.seesScreen('security')
  await expect(ines.part('security.passkey')).not.toHaveCount(0)
  await device.touched(false)
}

const asking = '**/passkey/options'

/** The device is touched for what the button asks, and not for what the browser has offered before as it fills in. */
const signInByButton = async (ines: Visitor, device: PasskeyDevice): Promise<void> => {
  const { page } = ines
  const offered = page.waitForResponse(asking)
  await ines.open('/sign-in')
  await offered
  await page.route(asking, async (route) => {
    await device.touched(true)
    await route.continue()
  })
  await ines.press('sign-in.passkey')
  await page.unroute(asking)
  await device.touched(false)
}

for (const form of ['path', 'name', 'domain'] as const satisfies readonly Form[]) {
  test(`a passkey at an address by ${form}`, async ({ visit }) => {
    test.slow()
    const address = addressIn('alpine', form)
    const { ines, device, said } = await newcomerAt(visit, address)
    await ines.seesScreen('account')

    await test.step('is added in My Account, bound to this host, and told by mail', async () => {
      await addPasskey(ines, device)
      expect(await device.hosts()).toEqual([hostOf(address)])
      await ines.readMail('passkey-added')
    })

    await test.step('works when it is tried out', async () => {
      await ines.press('security.passkey.manage')
      await device.touched(true)
      await ines.press('security.passkey.test')
      await device.touched(false)
      await ines.seesNotice(/./)
      await expect(ines.page.locator('[role="alert"]')).toHaveCount(0)
    })

    await test.step('signs in by the button', async () => {
      await ines.signOut()
      await signInByButton(ines, device)
      await ines.seesScreen('account')
      expect(await ines.isSignedIn()).toBe(true)
    })

    await test.step('signs in as the browser fills in, without a press', async () => {
      await ines.signOut()
      await device.touched(true)
      await ines.open('/sign-in')
      await ines.page.waitForURL('**/account')
      await ines.seesScreen('account')
      await device.touched(false)
    })

    await test.step('is forgotten by the device once it is removed', async () => {
      await ines.open('/account/security')
      await ines.press('security.passkey.manage')
      await ines.press('security.passkey.remove')
      await ines.press('security.passkey.remove.submit')
      await ines.seesScreen('security')
      await device.holds(0)
      await ines.readMail('passkey-removed')
    })

    expect(said).toEqual([])
  })
}

test('a passkey that was removed elsewhere is said to be unknown, and its device forgets it', async ({ visit }) => {
  const address = addressIn('alpine', 'path')
  const { ines, device } = await newcomerAt(visit, address)
  await addPasskey(ines, device)
  await ines.signOut()
  const elsewhere = await visit(address)
  elsewhere.who = ines.who
  await elsewhere.signIn()
  await elsewhere.open('/account/security')
  await elsewhere.press('security.passkey.manage')
  await elsewhere.press('security.passkey.remove')
  await elsewhere.press('security.passkey.remove.submit')
  await elsewhere.seesScreen('security')
  expect((await device.passkeys()).length).toBe(1)
  await signInByButton(ines, device)
  await ines.seesScreen('sign-in')
  await expect(ines.page.locator('[data-code="passkey.unknown"]')).toBeVisible()
  await device.holds(0)
})

test('a ceremony that was not finished is calm: a sentence, no alert, nothing in the console', async ({ visit }) => {
  const address = addressIn('alpine', 'path')
  const { ines, device, said } = await newcomerAt(visit, address)
  await addPasskey(ines, device)
  await ines.signOut()
  await device.recognises(false)
  await ines.open('/sign-in')
  await device.touched(true)
  await ines.part('sign-in.passkey').click()
  await expect(ines.page.locator('form [data-passkey-says]')).toHaveText(/wasn’t finished/)
  await expect(ines.page.locator('[role="alert"]')).toHaveCount(0)
  await ines.seesScreen('sign-in')
  await expect(ines.part('sign-in.passkey')).toBeEnabled()
  await device.recognises(true)
  await ines.press('sign-in.passkey')
  await ines.seesScreen('account')
  expect(said).toEqual([])
})

test('a passkey of one host is of no use at another', async ({ visit }) => {
  const { ines, device } = await newcomerAt(visit, addressIn('alpine', 'name'))
  await addPasskey(ines, device)
  await ines.page.goto(`${addressIn('alpine', 'domain').url}/sign-in`)
  await device.touched(true)
  await ines.part('sign-in.passkey').click()
  await expect(ines.page.locator('form [data-passkey-says]')).toBeVisible()
  await expect(ines.page.locator('main')).toHaveAttribute('data-screen', 'sign-in')
})

test('a passkey is set up as the second step that is required, and asked for after the password', async ({ visit }) => {
  test.slow()
  const { ines, device } = await newcomerAt(visit, addressIn('pacifica', 'path'))
  await ines.seesScreen('mfa-enrol')
  await ines.press('mfa-enrol.choose-passkey')
  await device.touched(true)
  await ines.press('mfa-enrol.create')
  await ines.seesScreen('account')
  await device.touched(false)
  await ines.signOut()
  await ines.signIn()
  await ines.seesScreen('step-passkey')
  await device.touched(true)
  await ines.press('step-passkey.get')
  await ines.seesScreen('account')
})

test('where the browser knows no passkeys, nothing speaks of them', async ({ visit }) => {
  const ines = await visit(addressIn('alpine', 'path'))
  const said = consoleOf(ines.page)
  await ines.page.addInitScript('delete window.PublicKeyCredential')
  await ines.open('/sign-in')
  await expect(ines.part('sign-in.submit')).toBeVisible()
  await expect(ines.part('sign-in.passkey')).toBeHidden()
  await expect(ines.page.getByText('or', { exact: true })).toBeHidden()
  expect(said).toEqual([])
})

test('an older browser, which cannot spell passkeys itself, does it all the same', async ({ visit }) => {
  const ines = await visit(addressIn('alpine', 'path'))
  await ines.page.addInitScript(`
    delete PublicKeyCredential.parseRequestOptionsFromJSON
    delete PublicKeyCredential.parseCreationOptionsFromJSON
    delete PublicKeyCredential.getClientCapabilities
    for (const name of Object.getOwnPropertyNames(PublicKeyCredential))
      if (name.startsWith('signal')) delete PublicKeyCredential[name]`)
  const device = await PasskeyDevice.in(ines.page)
  await ines.signUp()
  await ines.proveAddressByLink()
  await addPasskey(ines, device)
  await ines.signOut()
  await signInByButton(ines, device)
  await ines.seesScreen('account')
})

test('a browser makes a passkey by itself after a sign-in with a password, and the next page says so', async ({
  visit,
}) => {
  const ines = await visit(addressIn('alpine', 'path'))
  // Chromium does so beside a password that it has filled in itself, which nobody here has.
  await ines.page.addInitScript(`
    const create = navigator.credentials.create.bind(navigator.credentials)
    navigator.credentials.create = ({ mediation, ...wish }) => mediation === 'conditional' ? create(wish) : create({ mediation, ...wish })`)
  const device = await PasskeyDevice.in(ines.page)
  await device.touched(true)
  const sent = ines.page.waitForResponse('**/account/security/passkeys')
  await ines.signUp()
  await ines.proveAddressByLink()
  await ines.seesScreen('account')
  await sent
  await device.holds(1)
  await ines.open('/account/security')
  await ines.seesNotice(/made a passkey for you/)
  await expect(ines.part('security.passkey')).toHaveCount(1)
})

test('an administrator is told how many passkeys are bound to an address before it goes', async ({ visit }) => {
  test.slow()
  const byName = addressIn('alpine', 'name')
  const byDomain = addressIn('alpine', 'domain')
  for (const address of [byName, byDomain]) {
    const { ines, device } = await newcomerAt(visit, address)
    await addPasskey(ines, device)
  }
  const ada = await signedInAs(visit, addressIn('alpine', 'path'), 'ada@alpine.example')
  await ada.open('/organization/settings/handle')
  await expect(ada.part('settings-handle.passkeys')).toContainText(hostOf(byName))
  await ada.open(`/organization/domains/hosts/${hostOf(byDomain)}/remove`)
  await expect(ada.part('remove-domain.passkeys')).toContainText(/\d passkeys? of \d/)
  await ada.open('/organization/domains')
  await expect(ada.part('domains.passkeys')).toContainText(hostOf(byDomain))
})
