// Runs a program that draws pages, with a Chromium at hand: `node cli/with-chromium.ts <program> …`.

import { provideChromium } from './chromium.ts'
import { handOver } from './run.mjs'
import { Refusal, say } from './say.mjs'

try {
  await provideChromium()
  process.exitCode = await handOver(process.execPath, process.argv.slice(2), process.env)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  say(`${error.log}${error.message}\n`)
  process.exitCode = error.exitCode
}
