// Every command of package.json begins here: `node cli/launch.mjs <verb>`. It brings what is missing, the packages and a
// Node new enough, and then hands over. Plain JavaScript on Node's own modules: it runs on a bare clone.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { environment, nodeFor, refuseOldNode, root } from './place.mjs'
import { handOver } from './run.mjs'
import { dim, Refusal, red, say } from './say.mjs'

const usage = `Livery

  npm run demo       the sample world, on http://localhost:3000
  npm test           everything that is checked
  npm start          production
  npm run dev        reload while editing
  npm run check      the quick checks, before a commit
  npm run build      the pages, for production
  npm run bench      the benchmarks
  npm run generate   the files that are made from others
  npm run gallery    pictures of every touch point
  npm run livery     the toolkit: npm run livery -- doctor
`

const serve = (node, mode, nodeFlags = []) =>
  handOver(
    node,
    [...nodeFlags, 'server/index.ts'],
    environment(node, { LIVERY_MODE: mode, NODE_ENV: mode === 'dev' ? 'development' : 'production' }),
    { isServer: true },
  )

/** A verb that is a program, with what comes before the arguments that somebody typed. */
const program =
  (file, ...given) =>
  async (rest) => {
    await ensureInstalled()
    const node = nodeFor()
    return handOver(node, [file, ...given, ...rest], environment(node))
  }

// What is kept out of the shell's history goes into .env, for those commands that act on the real thing.
const withFile = existsSync(join(root, '.env')) ? ['--env-file=.env'] : []

/** A program that looks at the built pages in a browser. */
const drawing = (file) => async (rest) => {
  await ensureInstalled()
  await ensureBuilt(nodeFor())
  return program('cli/with-chromium.ts', file)(rest)
}

const verbs = {
  demo: async () => {
    await ensureInstalled()
    await ensureBuilt(nodeFor())
    return serve(nodeFor(), 'demo')
  },
  start: async () => {
    await ensureInstalled({ withDevelopment: false })
    await ensureBuilt(nodeFor())
    return serve(nodeFor(), 'production', withFile)
  },
  dev: async () => {
    await ensureInstalled()
    return serve(nodeFor(), 'dev')
  },
  build: async ([how]) => {
    await ensureInstalled()
    await (how === '--if-needed' ? ensureBuilt : build)(nodeFor())
    return 0
  },
  livery: async (rest) => {
    await ensureInstalled({ withDevelopment: false })
    const node = nodeFor()
    return handOver(node, [...withFile, 'cli/livery.ts', ...rest], environment(node))
  },
  test: program('cli/test.ts'),
  check: program('cli/check.ts'),
  generate: program('cli/generate.ts'),
  gallery: drawing('tests/gallery/pictures.ts'),
  bench: drawing('bench/index.ts'),
}

const main = async ([verb = '', ...rest]) => {
  if (!Object.hasOwn(verbs, verb)) {
    say(usage)
    return verb === 'help' || verb === '--help' ? 0 : 2
  }
  refuseOldNode()
  return verbs[verb](rest)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  if (error.log) say(`\n${dim(error.log.trimEnd())}\n\n`)
  say(`${red(error.message)}\n`)
  process.exitCode = error.exitCode
}
