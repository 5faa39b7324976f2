// Installs the packages that are missing, and touches nothing when none is.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './place.mjs'
import { runQuietly } from './run.mjs'
import { step } from './say.mjs'

const lockFile = join(root, 'package-lock.json')
const installedFile = join(root, 'node_modules/.package-lock.json')
const stampFile = join(root, 'node_modules/.livery-installed')

const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** Whether what npm says it has installed is what the lock file asks for. */
const isInstalled = (withDevelopment) => {
  if (!existsSync(installedFile)) return false
  const installed = readPackages(installedFile)
  return Object.entries(readPackages(lockFile)).every(([place, wanted]) => {
    if (place === '' || (wanted.dev && !withDevelopment)) return true
    const found = installed[place]
    // Packages of other machines are optional, and stay away.
    if (!found) return wanted.optional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

const npm = () => (process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []])

/** @param {{ withDevelopment?: boolean }} options false where the product only runs: a slim installation will do. */
export const ensureInstalled = async ({ withDevelopment = true } = {}) => {
  const wanted = `${createHash('sha256').update(readFileSync(lockFile)).digest('hex')} ${withDevelopment ? 'all' : 'product'}`
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return
  if (!isInstalled(withDevelopment)) {
    const [command, args] = npm()
    await step('Installing packages', () =>
      runQuietly('npm ci', command, [...args, 'ci', '--no-audit', '--no-fund'], process.env),
    )
  }
  writeFileSync(stampFile, wanted)
}
