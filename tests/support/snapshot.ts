// Makes the embedded database of tests once: creating one takes seconds, loading this copy a fraction of one. It is kept
// until a migration or the engine changes.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { migrate, migrationsFolder } from '../../platform/migrations.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A file that holds an empty, migrated database; absent outside the project `pglite`. */
    snapshot?: string
  }
}

const digestOfSchema = (): string => {
  const digest = createHash('sha256')
  const folder = migrationsFolder()
  const engine = 'node_modules/@electric-sql/pglite/package.json'
  const migrations = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
  for (const file of [engine, 'platform/migrations.ts', ...migrations]) digest.update(readFileSync(file))
  return digest.digest('hex').slice(0, 20)
}

const make = async (file: string): Promise<void> => {
  const database = await PGlite.create('memory://')
  await migrate({
    query: async (text, parameters) => database.query<Record<string, unknown>>(text, parameters),
    script: (text) => database.exec(text),
  })
  const dump = await database.dumpDataDir('none')
  await database.close()
  // Whole or not at all: another run may be reading.
  const begun = `${file}.${process.pid}`
  writeFileSync(begun, Buffer.from(await dump.arrayBuffer()))
  renameSync(begun, file)
}

export const setup = async (project: TestProject): Promise<void> => {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/livery')
  const file = join(folder, `database-${digestOfSchema()}.tar`)
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) await make(file)
  project.provide('snapshot', file)
}
