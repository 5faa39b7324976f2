// Stories are told with visitors: people with a browser of their own, in a network of their own.

import { test as plain } from '@playwright/test'
import { newNetwork } from './newcomers.ts'
import { Visitor, type Wish } from './visitor.ts'
import type { Address } from './world.ts'

export { expect } from './expect.ts'

export type Meets = (address: Address, wish?: Wish) => Promise<Visitor>

export const test = plain.extend<{ visit: Meets }>({
  visit: async ({ browser }, use) => {
    const visitors: Visitor[] = []
    await use(async (address, wish = {}) => {
      const { scripts = true, scheme = 'light', language = 'en', width = 1280, reducedMotion } = wish
      const context = await browser.newContext({
        javaScriptEnabled: scripts,
        colorScheme: scheme,
        locale: language,
        viewport: { width, height: 860 },
        ...(reducedMotion ? { reducedMotion } : {}),
        extraHTTPHeaders: { 'x-forwarded-for': newNetwork() },
      })
      const visitor = new Visitor(await context.newPage(), address, scripts)
      visitors.push(visitor)
      return visitor
    })
    for (const { page } of visitors) await page.context().close()
  },
})
