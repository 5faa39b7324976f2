// The settings, read once and checked all together: a start that must be refused names every reason at once.

import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { processState } from './process.ts'
import { readSettings, type Settings, type SettingsInput } from './settings.ts'

export { envExample, type Settings, SettingsError } from './settings.ts'

/** The secret of a demo or a development copy: made once, kept beside its data, readable by its owner alone. */
const keptSecret = (directory: string): string => {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, 'secret')
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8').trim()
}

/** Reads settings from an environment. Throws {@link SettingsError} that lists all problems. */
export const loadSettings = (env: SettingsInput): Settings => {
  const { secret, ...rest } = readSettings(env)
  const dataDirectory = resolve(rest.dataDirectory)
  return {
    ...rest,
    dataDirectory,
    hashConcurrency: rest.hashConcurrency ?? availableParallelism(),
    secret: secret ?? keptSecret(dataDirectory),
  }
}

/** The settings of this process. */
export const settings = (): Settings => processState('settings', () => loadSettings(process.env))
