// While somebody designs: what they save in themes/ is published at once, and the next page shows it.

import { watch } from 'node:fs'
import { join } from 'node:path'
import { rereadBase } from '#core/texts'
import { rereadBaseTheme } from '#core/themes'
import { log } from '#platform/log'
import { dressAll } from './seed.ts'

const settleMs = 150

/** Follows the folders of themes; answers how to stop. */
export const followFolders = (): (() => Promise<void>) => {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const publish = async () => {
    rereadBaseTheme()
    rereadBase()
    await dressAll()
    log.info('the themes were published')
  }
  const watcher = watch(join(process.cwd(), 'themes'), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // A mistake in a file is said, and what was published before stays.
      running = running.then(publish).catch((error: Error & { data?: unknown }) => {
        log.warn({ reason: error.message, data: error.data }, 'the themes were not published')
      })
    }, settleMs)
  })
  return async () => {
    watcher.close()
    clearTimeout(timer)
    await running
  }
}
