// What somebody sees: the brand from the first frame on, in the scheme and the language that they or their device chose.

import { colorsOf, primaryOf } from './support/brand.ts'
import { looksOf, watchLooks } from './support/looks.ts'
import { codeIn } from './support/mail.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { addressesOf, addressIn, handles } from './support/world.ts'

const rgb = (hex: string): string =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`

const schemes = ['light', 'dark'] as const
type Scheme = (typeof schemes)[number]

/** As soon as it has settled: colours change smoothly when a device changes its scheme. */
const looksLike = async ({ page, address }: Visitor, scheme: Scheme): Promise<void> => {
  const { handle } = address
  await expect(page.locator('[data-part="sign-in.submit"]')).toHaveCSS(
    'background-color',
    rgb(primaryOf(handle)[scheme]),
  )
  await expect(page.locator('body')).toHaveCSS('background-color', rgb(colorsOf(handle).page?.[scheme] ?? ''))
  const logo = page.locator('[data-part="brand.logo"] img')
  await expect
    .poll(() => logo.evaluate((it) => (it as HTMLImageElement).currentSrc))
    .toContain(`wordmark-${scheme}.svg`)
}

test.describe('there is one look from the first frame on', () => {
  for (const handle of handles) {
    for (const scheme of schemes) {
      test(`${handle}, at each of its addresses, on a ${scheme} device`, async ({ visit }) => {
        const visitor = await visit(addressIn(handle), { scheme })
        await watchLooks(visitor.page)
        for (const { url } of addressesOf(handle)) {
          await visitor.page.goto(`${url}/sign-in`)
          expect(await looksOf(visitor.page)).toEqual({
            button: [rgb(primaryOf(handle)[scheme])],
            ground: [rgb(colorsOf(handle).page?.[scheme] ?? '')],
            logo: [expect.stringContaining(`wordmark-${scheme}.svg`)],
          })
        }
      })
    }
  }
})

const choose = async (visitor: Visitor, what: 'scheme' | 'locale', value: string): Promise<void> => {
  await visitor.part(`${what}.choice`).locator('summary').click()
  await visitor.press(`${what}.${value}`)
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    // Choosing needs no script, so with scripts one brand stands for all.
    for (const handle of scripts ? ['alpine'] : handles) {
      test(`${handle} follows the device until somebody chooses, and then keeps to the choice`, async ({ visit }) => {
        const address = addressIn(handle)
        const visitor = await visit(address, { scripts, scheme: 'dark' })
        await visitor.open('/sign-in')
        await looksLike(visitor, 'dark')
        await visitor.page.emulateMedia({ colorScheme: 'light' })
        await looksLike(visitor, 'light')

        await choose(visitor, 'scheme', 'dark')
        await visitor.seesScreen('sign-in')
        await looksLike(visitor, 'dark')
        await visitor.open('/recover')
        await visitor.open('/sign-in')
        await looksLike(visitor, 'dark')

        await choose(visitor, 'scheme', 'light')
        await visitor.page.emulateMedia({ colorScheme: 'dark' })
        await looksLike(visitor, 'light')

        await choose(visitor, 'scheme', 'system')
        await looksLike(visitor, 'dark')
      })
    }

    test('a language that was chosen is spoken on every page, and in the mails', async ({ visit }) => {
      const visitor = await visit(addressIn('alpine', 'name'), { scripts, language: 'en' })
      await visitor.open('/sign-up')
      await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'en')
      await choose(visitor, 'locale', 'de')
      await visitor.seesScreen('sign-up')
      await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'de')
      await visitor.signUp()
      const mail = await visitor.readMail('verify-email')
      expect(mail.text).toMatch(/\bSie\b|\bIhre\b/)
      expect(mail.html).toContain('lang="de"')
      await visitor.typeCode(codeIn(mail))
      await visitor.seesScreen('account')
      await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'de')
      await expect(visitor.page.locator('h1')).toContainText('Grüezi')
      expect((await visitor.readMail('welcome')).html).toContain('lang="de"')
    })
  })
}

test('what the device prefers is spoken where it is offered, and the first language where it is not', async ({
  visit,
}) => {
  const german = await visit(addressIn('alpine'), { language: 'de-CH' })
  await german.open('/sign-in')
  await expect(german.page.locator('html')).toHaveAttribute('lang', 'de')
  const finnish = await visit(addressIn('sahel'), { language: 'fi' })
  await finnish.open('/sign-in')
  await expect(finnish.page.locator('html')).toHaveAttribute('lang', 'ar')
  await expect(finnish.page.locator('html')).toHaveAttribute('dir', 'rtl')
})

test('a language that an address asks for is kept', async ({ visit }) => {
  const visitor = await visit(addressIn('sahel', 'name'), { language: 'ar' })
  await visitor.open('/sign-in?ui_locales=fr%20en')
  await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'en')
  await visitor.open('/recover')
  await expect(visitor.page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(visitor.page.locator('html')).toHaveAttribute('dir', 'ltr')
})
