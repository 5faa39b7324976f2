// The process: reads the settings, opens the database, fills it in demo and dev, and serves until it is told to stop.

import { startDelivery } from '#core/emails'
import { loadDirectory } from '#core/organizations'
import { startSmsDelivery } from '#core/sms'
import { closeDatabase, openDatabase } from '#platform/database'
import { settings } from '#platform/env'
import { log } from '#platform/log'
import { announceDemo } from './announce.ts'
import { readiness } from './health.ts'
import { listenOn } from './listen.ts'
import { openNext } from './next.ts'
import { explain } from './refusal.ts'
import { startTidying } from './tidying.ts'

/** What stops, in this order: nobody new, then what is under way, then the ground. */
type Stop = () => Promise<void>

const startSampleWorld = async (stops: Stop[]): Promise<void> => {
  const { mode } = settings()
  if (mode !== 'demo' && mode !== 'dev') return
  const { seed } = await import('#demo/seed')
  announceDemo(await seed())
  if (mode === 'dev') {
    const { followFolders } = await import('#demo/follow')
    stops.push(followFolders())
  }
}

/**
 * Hashes of passwords fill as many of the process's threads as there are cores, and by default it has four. Files, names
 * and the framework's own cryptography would stand in line behind them, so they get threads beside. Read once, when the
 * first thread is made: nothing may come before.
 */
const makeThreads = (): void => {
  process.env.UV_THREADPOOL_SIZE ??= String(settings().hashConcurrency + 4)
}

const start = async (): Promise<Stop[]> => {
  const stops: Stop[] = []
  makeThreads()
  await openDatabase()
  stops.unshift(closeDatabase)
  await loadDirectory()
  const { render, close } = await openNext()
  stops.unshift(close)
  await startSampleWorld(stops)
  const delivery = await startDelivery()
  stops.unshift(() => delivery.stop())
  const smsDelivery = await startSmsDelivery()
  stops.unshift(() => smsDelivery.stop())
  stops.unshift(startTidying())
  stops.unshift(await listenOn(settings().port, render))
  return stops
}

const stopOnSignal = (stops: Stop[]): void => {
  let isStopping = false
  const stop = async (signal: string) => {
    if (isStopping) return
    isStopping = true
    readiness().isStopping = true
    log.debug({ signal }, 'stopping')
    for (const end of stops) {
      await end().catch((error: Error) => log.error({ reason: error.message }, 'could not be stopped cleanly'))
    }
    process.exit(0)
  }
  process.on('SIGINT', () => void stop('SIGINT'))
  process.on('SIGTERM', () => void stop('SIGTERM'))
}

try {
  stopOnSignal(await start())
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
}
