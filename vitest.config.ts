// The tests that need no browser. A test file is of the database when it imports #support/database: then it runs twice, on
// the embedded database (`pglite`) and on a real PostgreSQL (`postgres`); every other one runs once (`unit`).

import { globSync, readFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

const folders = '{app,bench,cli,core,demo,platform,server,tests,ui,web}'
const files = globSync(`${folders}/**/*.test.{ts,tsx}`, { cwd: import.meta.dirname })
const isOfDatabase = (file: string) =>
  /from '#support\/database'/.test(readFileSync(join(import.meta.dirname, file), 'utf8'))

/** Folders such as `[site]` and `(sign-in)` mean themselves. */
const literally = (file: string) => file.replace(/[[\](){}!*?]/g, '\\$&')
const ofDatabase = files.filter(isOfDatabase).map(literally)
const others = files.filter((file) => !isOfDatabase(file)).map(literally)

const project = (name: string, include: string[], globalSetup: string[] = []): TestProjectConfiguration => ({
  extends: true,
  test: { name, include, globalSetup },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', others),
      project('pglite', ofDatabase, ['tests/support/snapshot.ts']),
      project('postgres', ofDatabase, ['tests/support/postgres.ts']),
    ],
    // What a test sees of the process: never the settings of whoever runs it.
    env: {
      LIVERY_MODE: 'test',
      LIVERY_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
      LIVERY_ORIGIN: 'http://localhost:3000',
      LIVERY_DATA_DIR: join(tmpdir(), 'livery-no-data'),
      LIVERY_LOG: process.env.LIVERY_LOG ?? 'silent',
      DATABASE_URL: '',
      SMTP_URL: '',
      PORT: '',
    },
    // Every file has a process of its own, as every state of ours hangs on the process.
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism()),
    // Generous: a machine may be busy with something else, and what must be quick says so itself.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A database that could not be made is a failure of every test that needs it.
    passWithNoTests: false,
    server: { deps: { inline: ['next-auth', '@auth/core'] } },
    setupFiles: ['tests/support/own-this.ts'],
  },
})
