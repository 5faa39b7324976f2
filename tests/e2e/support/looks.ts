// How a page looks, frame by frame, from the first one that a browser draws.

import type { Page } from '@playwright/test'

/** Every value that each of them has had, in the order of the frames. */
export type Looks = { button: string[]; ground: string[]; logo: string[] }

/** From the next page on. Needs scripts: the eyes are a script of the test's own. */
export const watchLooks = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const looks = { button: new Set<string>(), ground: new Set<string>(), logo: new Set<string>() }
    Object.assign(globalThis, { looks })
    const look = () => {
      const button = document.querySelector('[data-part="sign-in.submit"]')
      const logo = document.querySelector<HTMLImageElement>('[data-part="brand.logo"] img')
      if (button) looks.button.add(getComputedStyle(button).backgroundColor)
      if (document.body) looks.ground.add(getComputedStyle(document.body).backgroundColor)
      // Empty as long as the browser has not chosen a source.
      if (logo?.currentSrc) looks.logo.add(logo.currentSrc)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** What was seen until the page is loaded and drawn. */
export const looksOf = (page: Page): Promise<Looks> =>
  page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const { looks } = globalThis as unknown as { looks: Record<'button' | 'ground' | 'logo', Set<string>> }
    return { button: [...looks.button], ground: [...looks.ground], logo: [...looks.logo] }
  })
