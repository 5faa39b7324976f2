// While somebody designs: what they save in themes/, email-templates/ and sms-templates/ is published at once, and the next page shows it.

import { watch } from 'node:fs'
import { join } from 'node:path'
import { rereadEmails } from '#core/emails'
import { rereadSms } from '#core/sms'
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
    rereadEmails()
    rereadSms()
    await dressAll()
    log.info('the themes were published')
  }
  const saved = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // A mistake in a file is said, and what was published before stays.
      running = running.then(publish).catch((error: Error & { data?: unknown }) => {
        log.warn({ reason: error.message, data: error.data }, 'the themes were not published')
      })
    }, settleMs)
  }
  const watchers = ['themes', 'email-templates', 'sms-templates'].map((folder) =>
    watch(join(process.cwd(), folder), { recursive: true }, saved),
  )
  return async () => {
    for (const watcher of watchers) watcher.close()
    clearTimeout(timer)
    await running
  }
}
