// What a program can tell about whether everybody can use a page.

import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

/** Injected once for each page and run at each width: the builder of the package would load it anew every time. */
const { source } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as { source: string }

type Finding = { id: string; nodes: { target: string[]; html: string }[] }
type Axe = { run: (options: object) => Promise<{ violations: Finding[] }> }

export const bringAxe = (page: Page): Promise<unknown> => page.evaluate(source)

/** One line for each element that somebody cannot use. `only` names the standards to hold it against; all, by default. */
export const violationsOn = (page: Page, only?: string[]): Promise<string[]> =>
  page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(tags ? { runOnly: { type: 'tag', values: tags } } : { rules: { 'target-size': { enabled: true } } }),
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  }, only)

/** Whether somebody has to move a page sideways to read it. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { scrollWidth } = document.scrollingElement ?? document.documentElement
    return scrollWidth > document.documentElement.clientWidth
  })

/** What is too small to be hit: less than 24 pixels in a direction, unless it stands inside a sentence (WCAG 2.5.8). */
export const smallTargetsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isInSentence = (element: Element) => {
      const around = element.parentElement?.textContent?.trim() ?? ''
      return getComputedStyle(element).display === 'inline' && around.length > (element.textContent?.trim().length ?? 0)
    }
    const targets = document.querySelectorAll('a[href], button, select, summary, input:not([type="hidden"])')
    return [...targets]
      .filter((element) => element.checkVisibility() && !element.matches('.skip, .visually-hidden'))
      .filter((element) => {
        // Whoever hits the label of a check box hits the check box.
        const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
        return (width < 24 || height < 24) && !isInSentence(element)
      })
      .map((element) => `too small: ${element.getAttribute('data-part') ?? element.outerHTML.slice(0, 80)}`)
  })
