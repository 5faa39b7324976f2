// The pages of a flow: what an organization has published is what people meet, and nobody gets stuck on the way.

import { expect, test } from '@playwright/test'
import { newPlatform, publishFlow } from './support/api.ts'
import { Caller, newMember } from './support/caller.ts'
import { offeringPasskeys } from './support/consent.ts'
import { codeIn, newestMail } from './support/mail.ts'
import { test as story } from './support/stories.ts'
import type { Address } from './support/world.ts'

const whoFirst = {
  label: 'Who first',
  start: 'who',
  nodes: {
    who: { step: 'identifier', ways: ['passkey'], next: 'password' },
    password: { step: 'password', ways: ['passkey', 'code'], next: 'end' },
    passkey: { step: 'passkey', next: 'end' },
    code: { step: 'email-code' },
  },
}

let platform: Promise<Address> | undefined
const whoIsAskedFirst = async (): Promise<Address> => {
  platform ??= newPlatform('closed', 'name').then(async (address) => {
    await publishFlow(address.handle, whoFirst)
    return address
  })
  return platform
}

for (const scripts of [true, false]) {
  const words = scripts ? 'with scripts' : 'without scripts'

  story(`who somebody is comes first, and another way leads on, ${words}`, async ({ visit }) => {
    const address = await whoIsAskedFirst()
    const { email, password } = await newMember(address)
    const ines = await visit(address, { scripts })
    await ines.open('/sign-in')
    await ines.seesScreen('step-identifier')
    await expect(ines.page.locator('[name="password"]')).toHaveCount(0)
    await ines.type('step-identifier.username', email)
    await ines.press('step-identifier.submit')
    await ines.seesScreen('step-password')
    await expect(ines.page.locator('main')).toContainText(email)
    await ines.type('step-password.password', 'this is not the right one')
    await ines.press('step-password.submit')
    await ines.seesScreen('step-password')
    await expect(ines.page.locator('[role="alert"]')).toBeFocused()
    await ines.press('way.email-code')
    await ines.seesScreen('step-email-code')
    // Whoever comes back finds the page that they have left.
    await ines.open('/sign-in')
    await ines.seesScreen('step-email-code')
    await ines.press('way.password')
    await ines.type('step-password.password', password)
    await ines.press('step-password.submit')
    await ines.seesScreen('account')
  })

  story(`whoever is somebody else begins anew, ${words}`, async ({ visit }) => {
    const address = await whoIsAskedFirst()
    const ines = await visit(address, { scripts })
    await ines.open('/sign-in')
    await ines.type('step-identifier.username', 'someone-else@mail.example')
    await ines.press('step-identifier.submit')
    await ines.press('mfa.restart')
    await ines.seesScreen('step-identifier')
    await expect(ines.part('step-identifier.username')).toHaveValue('')
    await ines.type('step-identifier.username', 'nobody@mail.example')
    await ines.press('step-identifier.submit')
    await ines.seesScreen('step-password')
    await expect(ines.page.locator('main')).toContainText('nobody@mail.example')
  })

  story(`a code by email signs somebody in, ${words}`, async ({ visit }) => {
    const address = await whoIsAskedFirst()
    const { email } = await newMember(address)
    const ines = await visit(address, { scripts })
    await ines.open('/sign-in')
    await ines.type('step-identifier.username', email)
    await ines.press('step-identifier.submit')
    await ines.press('way.email-code')
    await ines.typeCode(codeIn(await newestMail(email, 'sign-in-code')))
    await ines.seesScreen('account')
  })

  story(`what is offered after a proof may be declined, ${words}`, async ({ visit }) => {
    const address = await newPlatform('closed', 'name')
    const { email, password } = await newMember(address)
    await publishFlow(address.handle, offeringPasskeys)
    const ines = await visit(address, { scripts })
    await ines.open('/sign-in')
    await ines.type('sign-in.username', email)
    await ines.type('sign-in.password', password)
    await ines.press('sign-in.submit')
    await ines.seesScreen('step-email-code')
    await expect(ines.part('step-email-code.trust')).not.toBeChecked()
    await ines.typeCode(codeIn(await newestMail(email, 'sign-in-code')))
    await ines.seesScreen('step-offer-passkey')
    await ines.open('/sign-in')
    await ines.seesScreen('step-offer-passkey')
    await ines.press('step-offer-passkey.skip')
    await ines.seesScreen('account')
  })
}

test('the page that everybody is shown follows what is published, at once', async () => {
  const address = await newPlatform('closed', 'name')
  const see = async () => (await new Caller(address).see('/sign-in')).body
  expect(await see()).toContain('data-part="sign-in.password"')
  await publishFlow(address.handle, whoFirst)
  await expect.poll(see).toContain('data-screen="step-identifier"')
  expect(await see()).not.toContain('name="password"')
})

test('/consent is nowhere for whoever has nothing to answer there', async () => {
  const caller = new Caller(await whoIsAskedFirst())
  expect((await caller.see('/consent')).headers.location).toMatch(/\/sign-in$/)
  const answered = await caller.answerAndFollow('/consent', { intent: 'skip' })
  expect(answered.path).toBe('/sign-in')
  expect(await caller.whoIsSignedIn()).toBe('')
})

story('in capitals a password says so', async ({ visit }) => {
  const ines = await visit(await newPlatform('closed', 'name'))
  await ines.open('/sign-in')
  const caution = ines.page.locator('[data-caps-lock] span')
  await expect(caution).toBeHidden()
  await ines.part('sign-in.password').evaluate((field) => {
    field.dispatchEvent(new KeyboardEvent('keyup', { key: 'A', modifierCapsLock: true }))
  })
  await expect(caution).toBeVisible()
})
