// `npm run livery -- <verb>`: the toolkit. Exit code 0 when all is well, 1 when not, 2 for what cannot be asked like that.
// Whoever runs it has the settings and so the database: they act as the system, and nobody is asked for a permission.

import { loadDirectory } from '#core/organizations'
import { closeDatabase, openDatabase } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { helpOf, UsageError } from './command.ts'
import { readAsked, usageOf } from './commands.ts'
import { refusalOf } from './refusal.ts'
import type { Report } from './report.ts'

/** A driver's error says why, and names the address at most. A mistake of ours has no code and keeps its trace. */
const openOrSay = async (): Promise<void> => {
  try {
    await openDatabase()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (isFailure(error) || typeof code !== 'string') throw error
    fail('database.unavailable', undefined, { reason: message || code })
  }
}

/** With the database open, as a start opens it, and every organization known. */
const inside = async (work: () => Promise<Report>): Promise<Report> => {
  await openOrSay()
  try {
    await loadDirectory()
    return await work()
  } finally {
    await closeDatabase()
  }
}

const refuse = ({ message, command }: UsageError, args: readonly string[]): number => {
  process.stderr.write(`${message && `${message}\n\n`}${command ? helpOf(command) : usageOf(args[0])}`)
  return 2
}

const flags = { json: ['--json'], help: ['--help', '-h'] }

const main = async (typed: string[]): Promise<number> => {
  const isAsked = (flag: keyof typeof flags) => typed.some((one) => flags[flag].includes(one))
  const args = typed.filter((one) => !Object.values(flags).flat().includes(one))
  try {
    const asked = readAsked(args, isAsked('help'))
    if ('help' in asked) {
      process.stdout.write(asked.help)
      return 0
    }
    const { work, isOnItsOwn } = asked
    const { isWell, text, data } = await (isOnItsOwn ? work() : inside(work)).catch(refusalOf)
    process.stdout.write(isAsked('json') ? `${JSON.stringify(data)}\n` : `${text}\n`)
    return isWell ? 0 : 1
  } catch (error) {
    if (error instanceof UsageError) return refuse(error, args)
    throw error
  }
}

process.exitCode = await main(process.argv.slice(2))
