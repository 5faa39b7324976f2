// Why a start was refused, in words for whoever runs this; the rest is a mistake of ours and keeps its trace.

import { SettingsError } from '#platform/env'
import { isFailure } from '#platform/failure'

type Data = Readonly<Record<string, unknown>>

const named = (names: unknown): string => (Array.isArray(names) ? names.join(', ') : String(names))

const reasons: Record<string, (data: Data) => string> = {
  'database.in_use': ({ directory, pid }) =>
    `Process ${pid} has ${directory} open, and only one at a time may. Stop it first, or set LIVERY_DATA_DIR to another folder.`,
  'database.other_major': ({ folder, found, expected }) =>
    `${folder} was written by PostgreSQL ${found}, and this release reads ${expected}. Start the release that wrote it, or set LIVERY_DATA_DIR to another folder. Nothing was changed.`,
  'database.too_old': ({ version }) =>
    `The database is PostgreSQL ${Math.floor(Number(version) / 10_000)}; 15 or newer is needed.`,
  'database.newer': ({ unknown }) =>
    `The database was migrated by a newer release (${named(unknown)}). Start that one. Nothing was changed.`,
  'database.changed_migration': ({ changed }) =>
    `Migrations were edited after they had run: ${named(changed)}. Put them back as they were.`,
  'database.unavailable': () => 'The database does not answer. Check DATABASE_URL and that the server runs.',
}

const isTaken = (error: unknown): error is NodeJS.ErrnoException & { port: number } =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

export const explain = (error: unknown): string => {
  if (error instanceof SettingsError) return error.message
  if (isTaken(error)) return `Livery cannot start: port ${error.port} is taken. Set PORT to another one.`
  if (!isFailure(error)) return error instanceof Error && error.stack ? error.stack : String(error)
  const reason = reasons[error.code]?.(error.data ?? {})
  return `Livery cannot start: ${reason ?? JSON.stringify(error.data ?? {})} (${error.code})`
}
