// What a command of the toolkit is: its words, what it takes, and how what was typed is read.

import { parseArgs } from 'node:util'
import type { Report } from './report.ts'

export type Option = {
  /** What stands behind it: `<handle>`. Without one it is there or it is not. */
  value?: string
  isNeeded?: boolean
  says: string
}

/** What was typed. Whatever is read from it and is not as it should be is a {@link UsageError}. */
export type Given = {
  /** Behind the words of the command; empty for one that takes none. */
  argument: string
  is: (name: string) => boolean
  text: (name: string) => string | undefined
  needed: (name: string) => string
  among: <T extends string>(name: string, of: readonly T[]) => T | undefined
  list: (name: string) => string[] | undefined
  whole: (name: string, bounds: readonly [least: number, most: number]) => number | undefined
}

export type Command = {
  /** As they are typed: `org create`. */
  words: string
  argument?: string
  options?: Readonly<Record<string, Option>>
  does: string
  /** Looks at the settings itself, and opens no database before it has. */
  isOnItsOwn?: boolean
  /** Reads everything that was typed, before anything is opened; answers the work. */
  begin: (given: Given) => () => Promise<Report>
}

/** The command was not typed as it can be: exit code 2. */
export class UsageError extends Error {
  readonly command: Command | undefined

  constructor(message: string, command?: Command) {
    super(message)
    this.name = 'UsageError'
    this.command = command
  }
}

const valuesOf = (command: Command, args: string[]) => {
  const options = Object.fromEntries(
    Object.entries(command.options ?? {}).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message, command)
  }
}

const argumentOf = (command: Command, positionals: readonly string[]): string => {
  const [argument = '', ...more] = positionals
  const isFitting = command.argument === undefined ? positionals.length === 0 : argument !== '' && more.length === 0
  if (isFitting) return argument
  const wanted = command.argument === undefined ? 'takes no argument' : `takes one argument, ${command.argument}`
  throw new UsageError(`\`${command.words}\` ${wanted}.`, command)
}

const numberIn = (text: string, [least, most]: readonly [number, number]): number | null => {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : null
}

/** What was typed behind the words of a command. */
export const readGiven = (command: Command, args: string[]): Given => {
  const { values, positionals } = valuesOf(command, args)
  const refuse = (name: string, why: string): never => {
    throw new UsageError(`--${name} ${why}.`, command)
  }
  const text = (name: string): string | undefined => {
    const value = values[name]
    if (typeof value !== 'string') return undefined
    return value.trim() === '' ? refuse(name, 'is empty') : value
  }
  const needed = (name: string): string => text(name) ?? refuse(name, 'is missing')
  for (const [name, { isNeeded }] of Object.entries(command.options ?? {})) if (isNeeded) needed(name)
  return {
    argument: argumentOf(command, positionals),
    is: (name) => values[name] === true,
    text,
    needed,
    among: (name, of) => {
      const typed = text(name)
      if (typed === undefined) return undefined
      return of.find((one) => one === typed) ?? refuse(name, `is one of ${of.join(', ')}`)
    },
    list: (name) =>
      text(name)
        ?.split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    whole: (name, bounds) => {
      const typed = text(name)
      if (typed === undefined) return undefined
      return numberIn(typed, bounds) ?? refuse(name, `is a whole number from ${bounds[0]} to ${bounds[1]}`)
    },
  }
}

const head = ({ words, argument }: Command): string => [words, argument].filter(Boolean).join(' ')

/** One line for each of these commands. */
export const overviewOf = (commands: readonly Command[]): string => {
  const width = Math.max(...commands.map((command) => head(command).length))
  return commands.map((command) => `  ${head(command).padEnd(width)}  ${command.does}\n`).join('')
}

/** Everything about one command. */
export const helpOf = (command: Command): string => {
  const options = Object.entries(command.options ?? {}).map(([name, option]) => ({
    typed: option.value === undefined ? `--${name}` : `--${name} ${option.value}`,
    says: option.isNeeded ? `${option.says} (needed)` : option.says,
  }))
  const width = Math.max(0, ...options.map(({ typed }) => typed.length))
  const lines = options.map(({ typed, says }) => `  ${typed.padEnd(width)}  ${says}\n`).join('')
  return `npm run livery -- ${head(command)}${options.length > 0 ? ' …' : ''} [--json]\n\n  ${command.does}\n${lines && `\n${lines}`}`
}
