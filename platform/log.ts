// The process's own account of what it does: JSON lines on stderr, with everything secret blotted out.

import { type Logger, pino } from 'pino'
import { processState } from './process.ts'

const secretKeys = [
  'password',
  'new_password',
  'current_password',
  'code',
  'ticket',
  'secret',
  'cookie',
  'authorization',
  'token',
  'hash',
]

const make = (): Logger =>
  pino(
    {
      level: process.env.LIVERY_LOG ?? 'info',
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*["set-cookie"]`]),
        censor: '[hidden]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  )

/** Writes one line: `log.info({ organizationId }, 'theme published')`. */
export const log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'> = {
  get info() {
    const logger = processState('log', make)
    return logger.info.bind(logger)
  },
  get warn() {
    const logger = processState('log', make)
    return logger.warn.bind(logger)
  },
  get error() {
    const logger = processState('log', make)
    return logger.error.bind(logger)
  },
  get debug() {
    const logger = processState('log', make)
    return logger.debug.bind(logger)
  },
} as Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>
