// `npm run livery -- <verb>`: the toolkit. Exit code 0 when all is well, 1 when not, 2 for a command that does not exist.

import { parseArgs } from 'node:util'
import { SettingsError } from '#platform/env'
import { isFailure } from '#platform/failure'
import { doctor } from './doctor.ts'
import { migrateDatabase } from './migrate.ts'
import type { Report } from './report.ts'

const usage = `npm run livery -- <verb> [--json]

  doctor     looks at the settings, the database and the mail server, and changes nothing
  migrate    brings the database to the schema of this build
`

const verbs: Record<string, () => Promise<Report>> = { doctor, migrate: migrateDatabase }

const refuse = (why: string): number => {
  process.stderr.write(`${why}${usage}`)
  return 2
}

/** What somebody can mend is told in words; the rest is a mistake of ours and keeps its trace. */
const failed = (error: unknown): Report => {
  if (error instanceof SettingsError) {
    return { isWell: false, text: error.message, data: { error: error.code, problems: error.problems } }
  }
  if (isFailure(error)) {
    const { code, data } = error
    return { isWell: false, text: `${code} ${JSON.stringify(data ?? {})}`, data: { error: code, ...data } }
  }
  throw error
}

const main = async (given: string[]): Promise<number> => {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(given)
  } catch (error) {
    return refuse(`${(error as Error).message}\n\n`)
  }
  const { values, positionals } = parsed
  const [name = '', ...more] = positionals
  const verb = Object.hasOwn(verbs, name) && more.length === 0 ? verbs[name] : undefined
  if (!verb) return refuse(positionals.length > 0 ? `There is no command \`${positionals.join(' ')}\`.\n\n` : '')
  const { isWell, text, data } = await verb().catch(failed)
  process.stdout.write(values.json ? `${JSON.stringify(data)}\n` : `${text}\n`)
  return isWell ? 0 : 1
}

const parse = (args: string[]) => parseArgs({ args, options: { json: { type: 'boolean' } }, allowPositionals: true })

process.exitCode = await main(process.argv.slice(2))
