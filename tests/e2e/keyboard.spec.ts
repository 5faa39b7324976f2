// Without a mouse, in large type, in forced colours and without motion, the pages say and do the same.

import type { Page } from '@playwright/test'
import { scrollsSideways } from './support/axe.ts'
import { pagesOn } from './support/gallery.ts'
import { expect, test } from './support/stories.ts'
import { addressIn, origin } from './support/world.ts'

/** The part that has the focus now. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (element?.matches('.skip')) return 'skip'
    const own = element?.getAttribute('data-part')
    return own ?? element?.closest('[data-part]')?.getAttribute('data-part') ?? null
  })

const tabsThrough = async (page: Page, count: number): Promise<(string | null)[]> => {
  const parts: (string | null)[] = []
  for (let step = 0; step < count; step += 1) {
    await page.keyboard.press('Tab')
    parts.push(await focused(page))
  }
  return parts
}

for (const scripts of [true, false]) {
  const words = scripts ? 'with scripts' : 'without scripts'
  const reveal = scripts ? ['sign-in.reveal'] : []

  test(`signing in by keys goes from top to bottom, ${words}`, async ({ visit }) => {
    const ines = await visit(addressIn('alpine'), { scripts })
    await ines.open('/sign-in')
    await expect(ines.part('sign-in.username')).toBeFocused()
    const order = [
      'sign-in.password',
      ...reveal,
      'sign-in.recover',
      'sign-in.submit',
      'sign-in.passkey',
      'sign-in.sign-up',
      'locale.choice',
      'scheme.choice',
      'footer.help',
      'footer.privacy',
      'footer.terms',
    ]
    expect(await tabsThrough(ines.page, order.length)).toEqual(order)
  })

  test(`somebody signs in and out with keys alone, ${words}`, async ({ visit }) => {
    const ines = await visit(addressIn('alpine'), { scripts })
    await ines.signUp()
    await ines.proveAddressByCode()
    await ines.signOut()
    await ines.open('/sign-in')
    const { keyboard } = ines.page
    await expect(ines.part('sign-in.username')).toBeFocused()
    await keyboard.type(ines.who.email)
    await keyboard.press('Tab')
    await keyboard.type(ines.who.password)
    await Promise.all([ines.page.waitForEvent('load'), keyboard.press('Enter')])
    await ines.seesScreen('account')
    await keyboard.press('Tab')
    expect(await focused(ines.page)).toBe('skip')
    await keyboard.press('Enter')
    await expect(ines.page).toHaveURL(/#main$/)
  })

  test(`what went wrong has the focus, and leads to the field, ${words}`, async ({ visit }) => {
    const ines = await visit(addressIn('alpine'), { scripts })
    await ines.open('/sign-up')
    await ines.press('sign-up.submit')
    await ines.seesScreen('sign-up')
    const alert = ines.page.locator('[role="alert"]')
    await expect(alert).toBeFocused()
    const [field] = await ines.page.locator('[aria-invalid="true"]').all()
    if (!field) throw new Error('no field is marked')
    const described = (await field.getAttribute('aria-describedby'))?.split(' ')[0]
    await expect(ines.page.locator(`#${described}`)).not.toBeEmpty()
    await ines.page.keyboard.press('Tab')
    await ines.page.keyboard.press('Enter')
    await expect(field).toBeFocused()
  })

  test(`choices open and close by keys, ${words}`, async ({ visit }) => {
    const ines = await visit(addressIn('alpine'), { scripts })
    await ines.open('/sign-in')
    const choice = ines.part('locale.choice')
    await choice.locator('summary').focus()
    await ines.page.keyboard.press('Enter')
    await expect(ines.part('locale.de')).toBeVisible()
    if (scripts) {
      await ines.page.keyboard.press('Escape')
      await expect(ines.part('locale.de')).toBeHidden()
      await ines.page.keyboard.press('Enter')
    }
    await ines.page.keyboard.press('Tab')
    await ines.page.keyboard.press('Tab')
    expect(await focused(ines.page)).toBe('locale.de')
    await Promise.all([ines.page.waitForEvent('load'), ines.page.keyboard.press('Enter')])
    await expect(ines.page.locator('html')).toHaveAttribute('lang', 'de')
  })
}

/** Everything that can have the focus, and does not show it: two pixels at least, around it. */
const unseenFocus = async (page: Page): Promise<string[]> => {
  const unseen: string[] = []
  const seen = new Set<string>()
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const name = element.getAttribute('data-part') ?? element.outerHTML.slice(0, 60)
      return { name, isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 }
    })
    if (here === null || seen.has(here.name)) break
    seen.add(here.name)
    if (!here.isSeen) unseen.push(here.name)
  }
  expect(seen.size).toBeGreaterThan(4)
  return unseen
}

for (const screen of ['sign-in', 'sign-up', 'mfa', 'mfa-enrol', 'step-terms', 'account', 'profile', 'security']) {
  test(`the focus is seen wherever it goes: ${screen}`, async ({ page }) => {
    const states = screen === 'profile' ? ['default', 'edit-name', 'edit-locale'] : ['default']
    for (const state of states) {
      await page.goto(`${origin()}/gallery/base/en/light/${screen}/${state}`)
      await page.locator('.skip').focus()
      expect([state, await unseenFocus(page)]).toEqual([state, []])
    }
  })
}

test('at 400 % nothing has to be moved sideways, and at twice the size of type neither', async ({ browser }) => {
  // Every page, twice.
  test.slow()
  const context = await browser.newContext({ viewport: { width: 320, height: 256 }, bypassCSP: true })
  const page = await context.newPage()
  const trouble: string[] = []
  for (const { address, screen, state } of await pagesOn({ brand: 'base', locale: 'de', scheme: 'light' })) {
    if (!['default', 'long', 'error'].includes(state)) continue
    await page.setViewportSize({ width: 320, height: 256 })
    await page.goto(address)
    if (await scrollsSideways(page)) trouble.push(`${screen}, ${state} at 400 %`)
    await page.setViewportSize({ width: 640, height: 512 })
    await page.addStyleTag({ content: 'html { font-size: 200% }' })
    if (await scrollsSideways(page)) trouble.push(`${screen}, ${state} in type of twice the size`)
  }
  await context.close()
  expect(trouble).toEqual([])
})

test('in forced colours buttons, fields and the focus keep their outlines', async ({ browser }) => {
  const context = await browser.newContext({ forcedColors: 'active', colorScheme: 'dark' })
  const page = await context.newPage()
  await page.goto(`${addressIn('pacifica').url}/sign-in`)
  for (const part of ['sign-in.submit', 'sign-in.username']) {
    const drawn = await page.locator(`[data-part="${part}"]`).evaluate((element) => {
      const { borderBottomStyle, borderBottomWidth, borderBottomColor, backgroundColor } = getComputedStyle(element)
      return {
        borderBottomStyle,
        width: Number.parseFloat(borderBottomWidth),
        isSeen: borderBottomColor !== backgroundColor,
      }
    })
    expect(drawn).toMatchObject({ borderBottomStyle: 'solid', isSeen: true })
    expect(drawn.width).toBeGreaterThanOrEqual(1)
  }
  await page.keyboard.press('Tab')
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)
  expect(outline).not.toBe('none')
  await context.close()
})

test('where motion is not wanted, nothing moves', async ({ visit }) => {
  const ines = await visit(addressIn('alpine'), { reducedMotion: 'reduce' })
  for (const path of ['/sign-in', '/sign-up', '/recover']) {
    await ines.open(path)
    const moving = await ines.page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element)
          return [transitionDuration, animationDuration].some((all) =>
            all.split(', ').some((one) => Number.parseFloat(one) > 0.01),
          )
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    )
    expect([path, moving]).toEqual([path, []])
  }
})

test('what is asked for is said in the language of those who fill it in: purposes, keyboards and labels', async ({
  visit,
}) => {
  const ines = await visit(addressIn('alpine'))
  const purposes = async (path: string) => {
    await ines.open(path)
    return ines.page
      .locator('form:not([action$="/preferences"]) input:not([type="hidden"])')
      .evaluateAll((inputs) => inputs.map((one) => [one.getAttribute('name'), one.getAttribute('autocomplete')]))
  }
  expect(await purposes('/sign-in')).toEqual([
    ['username', 'username webauthn'],
    ['password', 'current-password'],
  ])
  expect(await purposes('/sign-up')).toEqual([
    ['given_name', 'given-name'],
    ['family_name', 'family-name'],
    ['email', 'email'],
    ['password', 'new-password'],
  ])
  expect(await purposes('/recover')).toEqual([['email', 'username']])
})
