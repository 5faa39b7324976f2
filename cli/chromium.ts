// Finds a Chromium for the browser stories and the pictures, and installs one where there is none.

import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { Refusal, step } from './say.mjs'

/** How every Chromium of ours is started: as any user, without a graphics card, and silent about itself. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const canRun = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const inPath = () =>
  (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
const onMac = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** A Chromium that is here: the one that LIVERY_CHROMIUM names, Playwright's own, or the system's. */
export const findChromium = (): string | null => {
  const named = process.env.LIVERY_CHROMIUM
  if (named) {
    if (canRun(named)) return named
    throw new Refusal(`LIVERY_CHROMIUM names ${named}, which cannot be run.`)
  }
  return [chromium.executablePath(), ...inPath(), ...onMac].find(canRun) ?? null
}

type Said = { isDone: boolean; log: string }

const attempt = (command: string, args: string[]): Said => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return { isDone: status === 0, log: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` }
}

/** The typefaces are our own, so a bare Chromium will do. */
const ways = (): [string, string[]][][] => {
  const playwright = join(import.meta.dirname, '../node_modules/@playwright/test/cli.js')
  const apt = (...args: string[]): [string, string[]] => ['apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args]]
  const isRoot = process.getuid?.() === 0
  return [
    [[process.execPath, [playwright, 'install', 'chromium']]],
    ...(isRoot ? [[apt('update'), apt('install', '-y', '--no-install-recommends', 'chromium')]] : []),
  ]
}

const install = async (): Promise<string> => {
  let log = ''
  for (const way of ways()) {
    const said = { isDone: true, log: '' }
    for (const [command, args] of way) {
      if (!said.isDone) break
      Object.assign(said, attempt(command, args))
      log += said.log
    }
    const found = said.isDone ? findChromium() : null
    if (found) return found
  }
  throw new Refusal('No Chromium is here and none could be installed. Install one and name it in LIVERY_CHROMIUM.', {
    log,
  })
}

/** The path of a Chromium, found or installed; from then on LIVERY_CHROMIUM names it for every child. */
export const provideChromium = async (): Promise<string> => {
  const path = findChromium() ?? (await step('Installing a Chromium', install))
  process.env.LIVERY_CHROMIUM = path
  return path
}

if (import.meta.main) {
  try {
    process.stdout.write(`${await provideChromium()}\n`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    process.stderr.write(`${error.log}${error.message}\n`)
    process.exitCode = error.exitCode
  }
}
