// `livery migrate`: for those who bring the schema forward before they start the new build.

import { closeDatabase, openDatabase } from '#platform/database'
import { settings } from '#platform/env'
import { inspectEmbedded, inspectPostgres } from '#platform/inspection'
import type { Report } from './report.ts'

export const migrateDatabase = async (): Promise<Report> => {
  const { databaseUrl, dataDirectory } = settings()
  const { pending } = await (databaseUrl ? inspectPostgres(databaseUrl) : inspectEmbedded(dataDirectory))
  await openDatabase()
  await closeDatabase()
  const applied = pending ?? []
  const lines = applied.map((name) => `applied ${name}`)
  return { isWell: true, text: lines.join('\n') || 'nothing to apply', data: { applied } }
}
