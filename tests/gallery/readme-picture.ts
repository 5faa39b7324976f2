/**
 * The picture of the README: one page in three brands, from the running demo. `node tests/gallery/readme-picture.ts
 * [--origin http://localhost:3000] [--out docs/pictures/three-brands.png]`
 */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'

const brands = [
  { handle: 'alpine', language: 'en' },
  { handle: 'pacifica', language: 'en' },
  { handle: 'sahel', language: 'ar' },
]
/** Just wide enough for a form and a picture side by side. */
const window = { width: 960, height: 940 }
const picture = { width: 1600, gap: 20 }
/** Drawn at the size in which it is shown: letters made smaller afterwards are no letters any more. */
const deviceScaleFactor = (picture.width - 2 * picture.gap) / 3 / window.width

const { values: options } = parseArgs({
  options: {
    origin: { type: 'string', default: `http://localhost:${process.env.PORT ?? 3000}` },
    out: { type: 'string', default: 'docs/pictures/three-brands.png' },
  },
})

async function signIn(browser: Browser, { handle, language }: (typeof brands)[number]): Promise<string> {
  const context = await browser.newContext({
    viewport: window,
    deviceScaleFactor,
    colorScheme: 'light',
    locale: language,
  })
  const page = await context.newPage()
  const answer = await page.goto(`${options.origin}/o/${handle}/sign-in`, { waitUntil: 'load' })
  if (!answer?.ok()) throw new Error(`${handle} answered ${answer?.status()}; does the demo run at ${options.origin}?`)
  await page.evaluate(() => document.fonts.ready)
  const taken = await page.screenshot({ caret: 'hide' })
  await context.close()
  return `data:image/png;base64,${taken.toString('base64')}`
}

/** Side by side, on whatever ground the reader's page has. */
const side = (images: string[]) => `<!doctype html><style>
  body { margin: 0; display: flex; gap: ${picture.gap}px; width: ${picture.width}px; background: transparent }
  img { box-sizing: border-box; flex: 1; min-width: 0; border: 1px solid #8884; border-radius: 10px }
</style>${images.map((src) => `<img src="${src}">`).join('')}`

async function main(): Promise<void> {
  const browser = await chromium.launch({
    ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const images: string[] = []
  for (const brand of brands) images.push(await signIn(browser, brand))
  const page = await browser.newPage({ viewport: { width: picture.width, height: 400 } })
  await page.setContent(side(images), { waitUntil: 'load' })
  await mkdir(dirname(options.out), { recursive: true })
  await page.locator('body').screenshot({ path: options.out, omitBackground: true })
  await browser.close()
  process.stdout.write(`${options.out}\n`)
}

await main()
