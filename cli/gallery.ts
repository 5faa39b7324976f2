// `npm run gallery`: pictures of every touch point of the running demo; see tests/gallery/pictures.ts for what it takes.

import { provideChromium } from './chromium.ts'
import { handOver } from './run.mjs'
import { Refusal, say } from './say.mjs'

try {
  await provideChromium()
  const program = 'tests/gallery/pictures.ts'
  process.exitCode = await handOver(process.execPath, [program, ...process.argv.slice(2)], process.env)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  say(`${error.log}${error.message}\n`)
  process.exitCode = error.exitCode
}
