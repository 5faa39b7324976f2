import { chromium } from '@playwright/test'
import { chromiumArguments } from '../cli/chromium.ts'

export type FirstLoad = {
  requests: number
  bytes: number
  html: number
  style: number
  script: number
  font: number
  image: number
}

const kindOf: Record<string, keyof FirstLoad | undefined> = {
  Document: 'html',
  Script: 'script',
  Stylesheet: 'style',
  Font: 'font',
  Image: 'image',
}

/** What a cold browser transfers for one page: bytes on the wire (headers included), by kind. */
export const measureFirstLoad = async (executablePath: string, url: string): Promise<FirstLoad> => {
  const browser = await chromium.launch({ args: chromiumArguments, executablePath })
  try {
    const page = await browser.newPage()
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    const load: FirstLoad = { requests: 0, bytes: 0, html: 0, style: 0, script: 0, font: 0, image: 0 }
    const kinds = new Map<string, string>()
    session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      load.requests += 1
      load.bytes += encodedDataLength
      const kind = kindOf[kinds.get(requestId) ?? '']
      if (kind) load[kind] += encodedDataLength
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    return load
  } finally {
    await browser.close()
  }
}
