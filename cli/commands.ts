// Every command of the toolkit, and which of them somebody means.

import { auditCommands } from './audit.ts'
import { type Command, helpOf, overviewOf, readGiven, UsageError } from './command.ts'
import { doctor } from './doctor.ts'
import { flowCommands } from './flow.ts'
import { migrateDatabase } from './migrate.ts'
import { orgCommands } from './org.ts'
import { peopleCommands } from './people.ts'
import { recoveryCommands } from './recovery.ts'
import type { Report } from './report.ts'
import { tokenCommands } from './token.ts'

const commands: readonly Command[] = [
  {
    words: 'doctor',
    does: 'looks at the settings, the database and the mail server, and changes nothing',
    isOnItsOwn: true,
    begin: () => doctor,
  },
  {
    words: 'migrate',
    does: 'brings the database to the schema of this build',
    isOnItsOwn: true,
    begin: () => migrateDatabase,
  },
  ...orgCommands,
  ...peopleCommands,
  ...recoveryCommands,
  ...tokenCommands,
  ...auditCommands,
  ...flowCommands,
]

/** The commands that begin with these words; all of them when none does. */
const beginningWith = (words: string): readonly Command[] => {
  const found = commands.filter((command) => command.words.startsWith(`${words} `))
  return found.length > 0 ? found : commands
}

export const usageOf = (words = ''): string =>
  `npm run livery -- <verb> [--json] [--help]\n\n${overviewOf(beginningWith(words))}`

const find = (args: readonly string[]): { command: Command; rest: string[] } | undefined => {
  for (const length of [2, 1]) {
    const words = args.slice(0, length).join(' ')
    const command = args.length >= length ? commands.find((one) => one.words === words) : undefined
    if (command) return { command, rest: args.slice(length) }
  }
  return undefined
}

export type Asked = { help: string } | { isOnItsOwn: boolean; work: () => Promise<Report> }

/** What is asked for with these arguments; throws a {@link UsageError} when it is nothing that there is. */
export const readAsked = (args: readonly string[], wantsHelp: boolean): Asked => {
  const found = find(args)
  if (wantsHelp) return { help: found ? helpOf(found.command) : usageOf(args[0]) }
  if (!found) throw new UsageError(args.length > 0 ? `There is no command \`${args.join(' ')}\`.` : '')
  const { command, rest } = found
  return { isOnItsOwn: command.isOnItsOwn ?? false, work: command.begin(readGiven(command, rest)) }
}
