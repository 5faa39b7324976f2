// For tests: organizations that have published flows of their own, and what a way through one of them costs.

import type { KyselyPlugin } from 'kysely'
import { systemActor as by } from '#core/authority'
import { hashesDone } from '#core/credentials'
import { publish } from '#core/documents'
import { flowFor } from '#core/flows'
import type { Flow, FlowName } from '#core/flows/contract'
import { directory, loadDirectory, update } from '#core/organizations'
import type { OrganizationChange } from '#core/organizations/contract'
import { engine, useEngine, withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'

/** Publishes a flow, and waits until this process walks along it. */
export const walkBy = async (organizationId: string, name: FlowName, flow: Flow): Promise<void> => {
  const version = await withOrganization(organizationId, (tx) => publish(tx, by, 'flow', name, flow))
  for (let turn = 0; turn < 500; turn += 1) {
    const { source } = await flowFor(organizationId, name)
    if (source.organizationId === organizationId && source.version === version) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  fail('test.flow_unheard')
}

/** Changes an organization as its settings page would. */
export const settle = async (organizationId: string, change: OrganizationChange): Promise<void> => {
  const { version } = directory().byId(organizationId) ?? fail('organizations.not_found')
  await withPlatform((tx) => update(tx, by, organizationId, change, version))
  await loadDirectory()
}

/** The SQL of an operation without its values; `raw` ones are fragments with values between. */
const textOf = (node: unknown): string =>
  JSON.stringify(node, (key, value) =>
    key === 'value' || key === 'values' || key === 'parameters' ? undefined : value,
  )

/** What every process does beside, whenever it hears of a change: no part of any work, and done at a moment of its own. */
const isListening = (statement: string): boolean =>
  statement.startsWith('{"kind":"SelectQueryNode"') && statement.includes('"name":"changes"')

/** What something asks of the database and of the hash function, without the values. */
export const costOf = async (work: () => Promise<unknown>): Promise<{ statements: string[]; hashes: number }> => {
  const opened = await engine()
  const statements: string[] = []
  const before = hashesDone()
  const watching: KyselyPlugin = {
    transformQuery: ({ node }) => {
      const statement = textOf(node)
      if (!isListening(statement)) statements.push(statement)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  useEngine({ ...opened, sql: opened.sql.withPlugin(watching) })
  try {
    await work()
  } finally {
    useEngine(opened)
  }
  return { statements, hashes: hashesDone() - before }
}
