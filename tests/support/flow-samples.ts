// Requests about flows that would be done by whoever may, for tests/support/rest-samples.ts.

import { systemActor as by } from '#core/authority'
import { draftOf, publishFlow, readyMade, saveFlow } from '#core/flows'
import { catalogue } from '#core/login'
import { withOrganization } from '#platform/database'

const params = { flow: 'recovery' }
const flow = readyMade.recovery.flow

/** At the count at which a change finds it. */
const asItIs = (id: string) =>
  withOrganization(id, async (tx) => ({ params, version: (await draftOf(tx, by, 'recovery')).draftVersion }))

const draftAt = async (id: string) => {
  const { version } = await asItIs(id)
  const saved = await withOrganization(id, (tx) => saveFlow(tx, by, 'recovery', flow, version))
  return { params, version: saved.draftVersion }
}

/** Its newest version. */
const publishedAt = async (id: string): Promise<number> => {
  const { version: ifMatch } = await draftAt(id)
  return withOrganization(id, (tx) => publishFlow(tx, by, 'recovery', { ifMatch, catalogue }))
}

export const flowSamples = {
  'flows.list': () => ({}),
  'flows.ready-made': () => ({}),
  'flows.read': () => ({ params }),
  'flows.read-draft': () => ({ params }),
  'flows.save-draft': async (id: string) => ({ ...(await asItIs(id)), body: flow }),
  'flows.discard-draft': draftAt,
  'flows.check': () => ({ params, body: flow }),
  'flows.publish': async (id: string) => ({ ...(await draftAt(id)), body: {} }),
  'flows.versions': () => ({ params }),
  'flows.read-version': async (id: string) => ({ params: { ...params, version: String(await publishedAt(id)) } }),
  'flows.rollback': async (id: string) => ({ params, body: { to: await publishedAt(id) } }),
  'flows.unpublish': async (id: string) => {
    await publishedAt(id)
    return { params }
  },
}
