/**
 * The full grid of pictures: every touch point and email of every brand, in both schemes, each language and two
 * widths. Not part of the tests. `npm run gallery -- [--brand alpine] [--locale en] [--screen sign-in]
 * [--out gallery-pictures] [--origin http://localhost:3000]`; without an origin it starts a sample world of its own.
 */
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { chromiumArguments, findChromium } from '../../cli/chromium.ts'
import startDemo from '../e2e/demo.ts'

const widths = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 860 } } as const
const schemes = ['light', 'dark'] as const

const { values: options } = parseArgs({
  options: {
    origin: { type: 'string' },
    out: { type: 'string', default: 'gallery-pictures' },
    brand: { type: 'string' },
    locale: { type: 'string' },
    screen: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
})

type Shot = { address: string; scheme: (typeof schemes)[number]; width: keyof typeof widths; file: string }

const linksOf = (html: string) => [...html.matchAll(/href="(\/gallery\/[^"]+)"/g)].map(([, path]) => String(path))
const optionsOf = (html: string, name: string) => {
  const select = new RegExp(`<select[^>]*name="${name}"[\\s\\S]*?</select>`).exec(html)?.[0] ?? ''
  return [...select.matchAll(/<option[^>]*value="([^"]+)"/g)].map(([, value]) => String(value))
}

let origin = options.origin ?? ''

async function index(query: Record<string, string>): Promise<string> {
  const answer = await fetch(`${origin}/gallery?${new URLSearchParams(query)}`)
  if (!answer.ok) throw new Error(`the gallery answered ${answer.status}; is there a demo at ${origin}?`)
  return answer.text()
}

/** The gallery knows what there is; nothing is listed twice. */
async function shotsWanted(): Promise<Shot[]> {
  const first = await index({})
  const brands = options.brand ? [options.brand] : optionsOf(first, 'brand')
  const locales = options.locale ? [options.locale] : optionsOf(first, 'locale')
  const shots: Shot[] = []
  for (const brand of brands) {
    for (const locale of locales) {
      for (const scheme of schemes) {
        const page = await index({ brand, locale, scheme, ...(options.screen ? { screen: options.screen } : {}) })
        for (const address of linksOf(page)) {
          for (const width of Object.keys(widths) as (keyof typeof widths)[]) {
            const [screen, state] = address.split('/').slice(5)
            const file = join(options.out, brand, locale, scheme, width, `${screen}-${state}.png`)
            shots.push({ address, scheme, width, file })
          }
        }
      }
    }
  }
  return shots
}

async function take(browser: Browser, shot: Shot): Promise<void> {
  const context = await browser.newContext({ viewport: widths[shot.width], colorScheme: shot.scheme })
  try {
    const page = await context.newPage()
    await page.goto(origin + shot.address, { waitUntil: 'load' })
    await page.evaluate(() => document.fonts.ready)
    await mkdir(dirname(shot.file), { recursive: true })
    await page.screenshot({ path: shot.file, fullPage: true })
  } finally {
    await context.close()
  }
}

async function main(): Promise<void> {
  const shots = await shotsWanted()
  const executablePath = findChromium()
  const browser = await chromium.launch({ args: chromiumArguments, ...(executablePath ? { executablePath } : {}) })
  const failed: string[] = []
  const waiting = [...shots]
  const work = async () => {
    for (let shot = waiting.shift(); shot; shot = waiting.shift()) {
      await take(browser, shot).catch((error: Error) => failed.push(`${shot?.address}: ${error.message}`))
    }
  }
  await Promise.all(Array.from({ length: Number(options.workers) }, work))
  await browser.close()
  process.stdout.write(`${shots.length - failed.length} pictures in ${options.out}\n`)
  for (const line of failed) process.stderr.write(`${line}\n`)
  if (failed.length > 0) process.exitCode = 1
}

const stop = options.origin === undefined ? await startDemo() : async () => {}
origin ||= process.env.LIVERY_E2E_ORIGIN ?? ''
try {
  await main()
} finally {
  await stop()
}
