// Everybody can use every page: the list of touch points is walked, in both schemes, on a phone and on a desktop.

import { type Browser, expect, type Page, test } from '@playwright/test'
import { bringAxe, scrollsSideways, smallTargetsOn, violationsOn } from './support/axe.ts'
import { localesOf } from './support/brand.ts'
import { mailsOn, pagesOn, type Sample, type Shelf } from './support/gallery.ts'
import { consoleScreens } from './support/screens.ts'
import { handles, origin } from './support/world.ts'

// Hundreds of pages: a record of every one would take longer than looking at them.
test.use({ trace: 'off', screenshot: 'off' })

const widths = [1280, 320] as const
const schemes = ['light', 'dark'] as const

/** What is wrong with a page at its present width. */
const troubleWith = async (page: Page): Promise<string[]> => [
  ...(await violationsOn(page)),
  ...(await smallTargetsOn(page)),
  ...((await scrollsSideways(page)) ? ['scrolls sideways'] : []),
]

const walk = async (browser: Browser, shelf: Shelf, samples: Sample[]): Promise<string[]> => {
  const context = await browser.newContext({ colorScheme: shelf.scheme === 'dark' ? 'dark' : 'light' })
  const page = await context.newPage()
  const trouble: string[] = []
  for (const { address, screen, state } of samples) {
    await page.goto(address)
    await bringAxe(page)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 860 })
      // Where the focus has moved the page, what lies half under the bar at the top is no small target.
      await page.evaluate(() => scrollTo(0, 0))
      trouble.push(...(await troubleWith(page)).map((line) => `${screen}, ${state}, ${width} px: ${line}`))
    }
  }
  await context.close()
  return trouble
}

/** Colours do not change with the language, and the room that words need does not change with the colours. */
const schemesFor = (position: number) => (position === 0 ? schemes : (['light'] as const))

const parts = 6

/** How many walks share the pages of the console among them. */
const rounds = 4
let turns = 0

/**
 * The pages of the console are many, and made of the same parts: each walk in a brand takes every fourth of them, another
 * fourth each time, and all of the others.
 */
const turnOf = (samples: Sample[], turn: number): Sample[] => {
  const isOfConsole = ({ screen }: Sample) => consoleScreens().includes(screen)
  const console = samples.filter(isOfConsole).filter((_, index) => index % rounds === turn % rounds)
  return [...samples.filter((sample) => !isOfConsole(sample)), ...console]
}

test.describe('nobody is kept out by', () => {
  test.slow()

  for (const scheme of schemes) {
    for (let part = 0; part < parts; part += 1) {
      test(`any state of any page, in the base theme, ${scheme} (${part + 1} of ${parts})`, async ({ browser }) => {
        const shelf = { brand: 'base', locale: 'en', scheme }
        const samples = (await pagesOn(shelf)).filter((_, index) => index % parts === part)
        expect(samples.length).toBeGreaterThan(20)
        expect(await walk(browser, shelf, samples)).toEqual([])
      })
    }
  }

  for (const brand of handles) {
    for (const [position, locale] of localesOf(brand).entries()) {
      for (const scheme of schemesFor(position)) {
        const turn = turns
        turns += 1
        test(`any page of ${brand} in ${locale}, ${scheme}`, async ({ browser }) => {
          const shelf = { brand, locale, scheme }
          const samples = turnOf(
            (await pagesOn(shelf)).filter(({ state }) => state === 'default'),
            turn,
          )
          expect(samples.length).toBeGreaterThan(10)
          expect(await walk(browser, shelf, samples)).toEqual([])
        })
      }
    }
  }
})

/** A mail is a letter, not a page: it has no landmarks. */
const ofLetters = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test.describe('nobody is kept out by any mail', () => {
  for (const brand of handles) {
    test(`of ${brand}`, async ({ page }) => {
      const trouble: string[] = []
      for (const [position, locale] of localesOf(brand).entries()) {
        for (const { address, state } of await mailsOn({ brand, locale, scheme: 'light' })) {
          const say = (line: string) => trouble.push(`${locale}, ${state}: ${line}`)
          await page.setViewportSize({ width: 320, height: 860 })
          await page.goto(address)
          await bringAxe(page)
          for (const scheme of schemesFor(position)) {
            await page.emulateMedia({ colorScheme: scheme })
            for (const line of await violationsOn(page, ofLetters)) say(`${scheme}, ${line}`)
          }
          if (await scrollsSideways(page)) say('scrolls sideways on a phone')
          await page.setViewportSize({ width: 640, height: 860 })
          if (await scrollsSideways(page)) say('scrolls sideways on a desktop')
        }
      }
      expect(trouble).toEqual([])
    })
  }
})

test('nobody is kept out by the gallery and the mailbox', async ({ page }) => {
  for (const path of ['/gallery', '/dev/mail']) {
    await page.goto(origin() + path)
    await bringAxe(page)
    expect(await violationsOn(page, ofLetters)).toEqual([])
  }
})

test('these stories see what they look for', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 860 })
  await page.setContent(`
    <html><body style="background: white; margin: 0">
      <p style="color: #aaa">Too pale</p><img src="data:,">
      <button style="all: unset; display: block; width: 20px; height: 40px">x</button>
      <div style="width: 400px">Too wide</div>
    </body></html>`)
  await bringAxe(page)
  const trouble = await troubleWith(page)
  for (const found of ['color-contrast: p', 'image-alt: img', 'document-title: html', 'scrolls sideways']) {
    expect(trouble).toContain(found)
  }
  expect(trouble.filter((line) => line.startsWith('too small'))).toHaveLength(1)
})
