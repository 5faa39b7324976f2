// A business becomes an organization below another one, by itself: where that is open, by invitation, and where somebody has
// to agree. Each story has an organization of its own that lets businesses in, below Alpine Air, whose brand it wears.

import { answerOf, callApi, newPlatform, word } from './support/api.ts'
import { Caller } from './support/caller.ts'
import { failureIn, screenOf } from './support/html.ts'
import { codeIn, linkIn, newestMail } from './support/mail.ts'
import { newAddress } from './support/newcomers.ts'
import { ask } from './support/raw.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { origin } from './support/world.ts'

type Business = { name: string; handle: string }
const newBusiness = (): Business => {
  const handle = word('harbour')
  return { name: `Harbour ${handle.slice(8)}`, handle }
}

const fillIn = async (visitor: Visitor, { name, handle }: Business): Promise<void> => {
  const { givenName, familyName, email, password } = visitor.who
  await visitor.type('start.name', name)
  await visitor.type('start.handle', handle)
  await visitor.type('start.given-name', givenName)
  await visitor.type('start.family-name', familyName)
  await visitor.type('start.email', email)
  await visitor.type('start.password', password)
}

const startWith = async (visitor: Visitor, business: Business): Promise<void> => {
  await visitor.open('/start')
  await visitor.seesScreen('start')
  await fillIn(visitor, business)
  await visitor.press('start.submit')
}

/** The same person, at the address of what they have started. */
const isAt = async ({ page }: Visitor, handle: string, screen: string): Promise<void> => {
  await expect(page.locator('main')).toHaveAttribute('data-screen', screen)
  await expect(page.locator('html')).toHaveAttribute('data-organization', handle)
  expect(page.url().startsWith(`${origin()}/o/${handle}/`), page.url()).toBe(true)
}

const seesText = (visitor: Visitor, text: string | RegExp) => expect(visitor.page.locator('main')).toContainText(text)

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test('where it is open: an address that is proven, an organization in the brand above it, and its owner in it', async ({
      visit,
    }) => {
      const noor = await visit(await newPlatform('open'), { scripts })
      const business = newBusiness()
      expect((await ask(`${origin()}/o/${business.handle}/sign-in`)).status).toBe(404)
      await startWith(noor, business)
      await noor.seesScreen('check-mail')
      expect((await ask(`${origin()}/o/${business.handle}/sign-in`)).status).toBe(404)
      const mail = await noor.readMail('verify-email')
      for (const method of ['GET', 'HEAD', 'GET']) await ask(linkIn(mail), { method })
      await noor.openLink(mail)
      await noor.seesScreen('verify')
      await seesText(noor, 'your organization at Partner Platform')
      await noor.press('verify.submit')
      await isAt(noor, business.handle, 'account')
      await noor.seesNotice(/is ready, and you’re signed in as its owner/)
      const page = await ask(`${origin()}/o/${business.handle}/sign-in`)
      expect(page.status).toBe(200)
      expect(page.body).toContain(business.name)
      const welcome = await noor.readMail('welcome')
      expect([welcome.organization, welcome.subject]).toEqual([business.handle, `Welcome to ${business.name}`])
      const known = answerOf<{ url: string; parent_id: string }>(
        await callApi('GET', `/organizations/~${business.handle}`),
      )
      expect(known).toMatchObject({ url: `${origin()}/o/${business.handle}`, locales: ['en', 'de'] })
      const { items } = answerOf<{ items: { email: string; kind: string }[] }>(
        await callApi('GET', `/organizations/~${business.handle}/people`),
      )
      expect(items).toMatchObject([{ email: noor.who.email, kind: 'staff' }])
      // Nobody is anything at the organization above by it.
      expect(await noor.isSignedIn()).toBe(false)
      await noor.open('/start')
      await noor.seesScreen('start')
      await expect(noor.part('start.enter')).toHaveAttribute('href', new RegExp(`/o/${business.handle}/sign-in`))
    })

    test('what cannot be had is told at its field, with what could be had instead', async ({ visit }) => {
      const noor = await visit(await newPlatform('open'), { scripts })
      await startWith(noor, { name: 'Alpine Partners', handle: 'alpine' })
      await noor.seesScreen('start')
      await expect(noor.part('start.handle')).toHaveAttribute('aria-invalid', 'true')
      await expect(noor.part('start.handle')).toHaveValue('alpine')
      await expect(noor.part('start.name')).toHaveValue('Alpine Partners')
      await expect(noor.part('start.password')).toHaveValue('')
      await expect(noor.part('start.suggestions')).toContainText('alpine-partners')
      for (const handle of ['admin', '\u0430lpine', 'no.dots', '-']) {
        await noor.type('start.handle', handle)
        await noor.type('start.password', noor.who.password)
        await noor.press('start.submit')
        await noor.seesScreen('start')
        await expect(noor.part('start.handle')).toHaveAttribute('aria-invalid', 'true')
      }
      await noor.type('start.handle', newBusiness().handle)
      await noor.type('start.password', noor.who.password)
      await noor.press('start.submit')
      await noor.seesScreen('check-mail')
    })

    test('whoever was not quick enough keeps all else, and takes another name', async ({ visit }) => {
      const address = await newPlatform('open')
      const business = newBusiness()
      const [quick, slow] = [await visit(address, { scripts }), await visit(address, { scripts })]
      for (const visitor of [quick, slow]) {
        await startWith(visitor, business)
        await visitor.seesScreen('check-mail')
      }
      await quick.typeCode(codeIn(await quick.readMail('verify-email')))
      await isAt(quick, business.handle, 'account')
      await slow.typeCode(codeIn(await slow.readMail('verify-email')))
      await slow.seesScreen('start')
      await slow.seesAlert(/didn’t work/)
      await seesText(slow, 'Only this is still to be settled')
      const other = (await slow.part('start.choose').first().textContent()) ?? ''
      await Promise.all([slow.page.waitForEvent('load'), slow.part('start.choose').first().click()])
      await isAt(slow, other, 'account')
    })

    test('at another host than that of the new address, a page leads there, with the address filled in', async ({
      visit,
    }) => {
      const noor = await visit(await newPlatform('open', 'name'), { scripts })
      const business = newBusiness()
      await startWith(noor, business)
      await noor.seesScreen('check-mail')
      await noor.typeCode(codeIn(await noor.readMail('verify-email')))
      await noor.seesScreen('start')
      await expect(noor.page.locator('h1')).toHaveText(`${business.name} is ready`)
      await noor.press('start.enter')
      await isAt(noor, business.handle, 'sign-in')
      await expect(noor.part('sign-in.username')).toHaveValue(noor.who.email)
      await noor.type('sign-in.password', noor.who.password)
      await noor.press('sign-in.submit')
      await isAt(noor, business.handle, 'account')
    })

    test('where somebody has to agree: it waits, is let in by whoever may, and enters with its own password', async ({
      visit,
    }) => {
      const address = await newPlatform('approval')
      const noor = await visit(address, { scripts })
      const business = newBusiness()
      await noor.open('/start')
      await seesText(noor, 'looks at each request')
      await startWith(noor, business)
      await noor.typeCode(codeIn(await noor.readMail('verify-email')))
      await noor.seesScreen('start')
      await expect(noor.page.locator('h1')).toHaveText('Your request is there')
      expect((await ask(`${origin()}/o/${business.handle}/sign-in`)).status).toBe(404)
      const requests = `/organizations/~${address.handle}/business-requests`
      const { items } = answerOf<{ items: { id: string }[] }>(await callApi('GET', `${requests}?status=waiting`))
      expect(items).toMatchObject([{ ...business, email: noor.who.email, status: 'waiting' }])
      const approved = await callApi('POST', `${requests}/${items[0]?.id}/approve`, {})
      expect(answerOf(approved)).toMatchObject({ status: 'approved', handle: business.handle })
      const mail = await noor.readMail('business-approved')
      expect([mail.organization, mail.subject]).toEqual([business.handle, `${business.name} is ready`])
      const [link = ''] = mail.text.match(/http\S+\/sign-in\b/) ?? []
      await noor.page.goto(link)
      await isAt(noor, business.handle, 'sign-in')
      await noor.answerSignIn()
      await isAt(noor, business.handle, 'account')
    })

    test('by invitation: the link of a mail opens it, once, and needs no second mail', async ({ visit }) => {
      const address = await newPlatform('invitation')
      const noor = await visit(address, { scripts })
      await noor.open('/start')
      await noor.seesScreen('start')
      await expect(noor.page.locator('h1')).toHaveText(/by invitation/)
      await expect(noor.part('start.form')).toHaveCount(0)
      const invited = { email: noor.who.email, message: 'We have kept a place for you' }
      answerOf(await callApi('POST', `/organizations/~${address.handle}/business-invitations`, invited))
      const link = linkIn(await noor.readMail('business-invitation'))
      expect(link.startsWith(`${address.url}/start?`)).toBe(true)
      for (const method of ['GET', 'HEAD', 'GET']) await ask(link, { method })
      await noor.page.goto(link)
      await noor.seesScreen('start')
      expect(new URL(noor.page.url()).search).toBe('')
      await expect(noor.part('start.message')).toHaveText(invited.message)
      await expect(noor.part('start.email')).toHaveValue(noor.who.email)
      const business = newBusiness()
      await fillIn(noor, business)
      await noor.press('start.submit')
      await isAt(noor, business.handle, 'account')
      await noor.page.context().clearCookies()
      await noor.page.goto(link)
      await noor.seesScreen('start')
      await expect(noor.page.locator('h1')).toHaveText(/has been used/)
    })
  })
}

test('with scripts the name in the address follows the name of the business, and is shown as it will read', async ({
  visit,
}) => {
  const noor = await visit(await newPlatform('open'))
  const at = new URL(origin()).host
  await noor.open('/start')
  await expect(noor.part('start.preview')).toHaveText(`${at}/o/your-name`)
  await noor.part('start.name').pressSequentially('Café & Söhne')
  await expect(noor.part('start.handle')).toHaveValue('cafe-sohne')
  await expect(noor.part('start.preview')).toHaveText(`${at}/o/cafe-sohne`)
  await noor.type('start.handle', 'Sohne')
  await noor.type('start.name', 'Something else')
  await expect(noor.part('start.handle')).toHaveValue('Sohne')
  await expect(noor.part('start.preview')).toHaveText(`${at}/o/sohne`)
})

test('where it is closed there is no such page and no such form', async () => {
  const address = await newPlatform('closed')
  const [start, nowhere] = [new Caller(address), new Caller(address)]
  for (const path of ['', '/', '?ticket=made-up']) {
    const [seen, other] = [await start.see(`/start${path}`), await nowhere.see(`/starx${path}`)]
    expect([seen.status, seen.body, seen.cookies]).toEqual([404, other.body, []])
  }
  const answered = await start.answer('/start', { name: 'Harbour', handle: 'harbour' })
  const other = await nowhere.answer('/starx', { name: 'Harbour', handle: 'harbour' })
  expect([answered.status, answered.body]).toEqual([404, other.body])
})

test('whether the address has an account is told nobody', async () => {
  const address = await newPlatform('open')
  const member = new Caller(address)
  const known = newAddress('known')
  const person = { given_name: 'Noor', family_name: 'Haddad', password: 'lantern quartz cobalt meadow' }
  await member.answer('/sign-up', { ...person, email: known })
  await member.answer('/verify', { code: codeIn(await newestMail(known, 'verify-email')) })
  const walk = async (email: string) => {
    const caller = new Caller(address)
    const { name, handle } = newBusiness()
    const answered = await caller.answer('/start', { ...person, email, name, handle })
    const page = await caller.see('/verify')
    const wrong = await caller.answerAndFollow('/verify', { code: '000000' })
    const shown = page.body.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')
    return [answered.status, answered.headers.location, shown, screenOf(wrong.body), failureIn(wrong.body)]
  }
  expect(await walk(known)).toEqual(await walk(newAddress('known')))
})
