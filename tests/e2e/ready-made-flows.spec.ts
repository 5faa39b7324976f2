// Every ready-made way to sign in, published by an organization and walked by somebody with a browser: with scripts, and without
// them wherever the proof itself needs none.

import { answerOf, callApi, newPlatform, publishFlow } from './support/api.ts'
import { newMember } from './support/caller.ts'
import { codeIn, newestMail } from './support/mail.ts'
import { PasskeyDevice } from './support/passkeys.ts'
import { expect, type Meets, test } from './support/stories.ts'
import type { Visitor, Wish } from './support/visitor.ts'
import type { Address } from './support/world.ts'

type ReadyMade = { key: string; purpose: string; flow: Record<string, unknown> }

const readyMade = async (key: string): Promise<Record<string, unknown>> => {
  const { items } = answerOf<{ items: ReadyMade[] }>(await callApi('GET', '/organizations/~alpine/flows/ready-made'))
  return items.find((one) => one.key === key)?.flow ?? {}
}

/** An organization that people join by themselves, and that asks for what this flow asks for. */
const organizationWith = async (key: string): Promise<Address> => {
  const address = await newPlatform('closed', 'name')
  await publishFlow(address.handle, await readyMade(key))
  return address
}

/** Somebody who has an account there, in a browser where they have never been. */
const memberAt = async (visit: Meets, address: Address, wish: Wish = {}): Promise<Visitor> => {
  const { email, password } = await newMember(address)
  const somebody = await visit(address, wish)
  somebody.who = { ...somebody.who, email, password }
  return somebody
}

const name = async (somebody: Visitor): Promise<void> => {
  await somebody.open('/sign-in?again=1')
  await somebody.type('step-identifier.username', somebody.who.email)
  await somebody.press('step-identifier.submit')
}

const codeFor = async ({ who }: Visitor): Promise<string> => codeIn(await newestMail(who.email, 'sign-in-code'))

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts'

  test(`password, ${how}`, async ({ visit }) => {
    const somebody = await memberAt(visit, await organizationWith('password'), { scripts })
    await somebody.signIn()
    await somebody.seesScreen('account')
  })

  test(`password and a second step, which is set up on the way, ${how}`, async ({ visit }) => {
    const somebody = await memberAt(visit, await organizationWith('password-and-second-step'), { scripts })
    await somebody.signIn()
    await somebody.seesScreen('mfa-enrol')
    expect(await somebody.isSignedIn()).toBe(false)
  })

  test(`who first, then the proof: a password, or a code instead, ${how}`, async ({ visit }) => {
    const somebody = await memberAt(visit, await organizationWith('identifier-first'), { scripts })
    await test.step('a name that nobody has leads to the very same page', async () => {
      await somebody.open('/sign-in')
      await somebody.type('step-identifier.username', 'nobody@nowhere.example')
      await somebody.press('step-identifier.submit')
      await somebody.seesScreen('step-password')
    })
    await test.step('a code by email instead of the password', async () => {
      await name(somebody)
      await somebody.seesScreen('step-password')
      await somebody.press('way.email-code')
      await somebody.seesScreen('step-email-code')
      await somebody.typeCode(await codeFor(somebody))
      await somebody.seesScreen('account')
      await somebody.signOut()
    })
    await test.step('the password', async () => {
      await name(somebody)
      await somebody.type('step-password.password', somebody.who.password)
      await somebody.press('step-password.submit')
      await somebody.seesScreen('account')
    })
  })

  test(`a code by email, without a password, ${how}`, async ({ visit }) => {
    const somebody = await memberAt(visit, await organizationWith('email-code'), { scripts })
    await name(somebody)
    await somebody.seesScreen('step-email-code')
    expect(await somebody.isSignedIn()).toBe(false)
    await somebody.typeCode(await codeFor(somebody))
    await somebody.seesScreen('account')
  })

  test(`passkey first: whoever has none takes the password, ${how}`, async ({ visit }) => {
    const somebody = await memberAt(visit, await organizationWith('passkey-first'), { scripts })
    await somebody.open('/sign-in')
    await somebody.seesScreen('step-passkey')
    await somebody.press('way.password')
    await somebody.answerSignIn()
    await somebody.seesScreen('account')
  })

  test(`adaptive: a browser that was never here is asked for more, ${how}`, async ({ visit }) => {
    const somebody = await memberAt(visit, await organizationWith('adaptive'), { scripts })
    await somebody.open('/sign-in')
    await somebody.press('way.password')
    await somebody.answerSignIn()
    await somebody.seesScreen('mfa-enrol')
  })
}

test('passkey first: a passkey is the whole sign-in, also where more is asked of new browsers', async ({ visit }) => {
  test.slow()
  const address = await organizationWith('passkey-first')
  const somebody = await memberAt(visit, address)
  const device = await PasskeyDevice.in(somebody.page)
  await somebody.open('/sign-in')
  await somebody.press('way.password')
  await somebody.answerSignIn()
  await somebody.open('/account/security')
  await device.touched(true)
  await somebody.press('security.passkey.add')
  await somebody.seesScreen('security')
  await device.touched(false)
  await somebody.signOut()
  for (const key of ['passkey-first', 'adaptive']) {
    await publishFlow(address.handle, await readyMade(key))
    await somebody.page.context().clearCookies()
    await somebody.open('/sign-in')
    await device.touched(true)
    await somebody.press('step-passkey.get')
    await somebody.seesScreen('account')
    await device.touched(false)
    await somebody.signOut()
  }
})
