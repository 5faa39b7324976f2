// Builds the pages when there is no build of them, or when something that goes into one has changed.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, root } from './place.mjs'
import { runQuietly } from './run.mjs'
import { step } from './say.mjs'

const folders = ['app', 'ui', 'web', 'core', 'platform', 'demo']
const files = ['next.config.js', 'package.json', 'package-lock.json', 'tsconfig.json']
const isInput = (path) => !/\.test\.tsx?$/.test(path) && statSync(join(root, path)).isFile()

const inputs = () => [
  ...files,
  ...folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, String(name))))
    .filter(isInput)
    .sort(),
]

const digestOfInputs = () => {
  const digest = createHash('sha256')
  for (const file of inputs())
    digest
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return digest.digest('hex')
}

const stampFile = join(root, '.next/livery-build')

/** Whether the build at hand is of the sources at hand. */
export const isBuilt = () =>
  existsSync(join(root, '.next/BUILD_ID')) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, 'utf8') === digestOfInputs()

/** Builds, whatever is there. */
export const build = async (node) => {
  const digest = digestOfInputs()
  rmSync(stampFile, { force: true })
  const program = join(root, 'node_modules/next/dist/bin/next')
  await step('Building the pages', () =>
    runQuietly('The build', node, [program, 'build'], environment(node, { NODE_ENV: 'production' })),
  )
  writeFileSync(stampFile, digest)
}

/** Builds when it must. */
export const ensureBuilt = async (node) => {
  if (!isBuilt()) await build(node)
}
