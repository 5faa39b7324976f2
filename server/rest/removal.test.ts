// Deleting an organization and handing one over, as a program meets them.

import { beforeAll, beforeEach, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { directory, update } from '#core/organizations'
import { find } from '#core/people'
import { withOrganization, withPlatform } from '#platform/database'
import { forgetProcessState } from '#platform/process'
import { freshDatabase } from '#support/database'
import { buildTree, call, fresh, ownersOf, type Tree } from '#support/rest'
import { member } from '#support/staff'

freshDatabase()
let tree: Tree
let token: string
let doomed: string
let handle: string
beforeAll(async () => {
  tree = await buildTree()
  token = (await ownersOf(tree)).own
}, 60_000)
beforeEach(async () => {
  forgetProcessState('server.rest.limits')
  handle = fresh('doomed')
  const body = { handle, name: 'Doomed', parent_id: tree.own }
  doomed = String((await call('POST', '/organizations', { token, body })).json.id)
})

const etagOf = async (id: string): Promise<string> =>
  (await call('GET', `/organizations/${id}`, { token })).headers.get('etag') ?? ''
const remove = async (headers: Record<string, string> = {}) =>
  call('DELETE', `/organizations/${doomed}?confirm=${handle}`, {
    token,
    headers: { 'if-match': await etagOf(doomed), ...headers },
  })

it('what goes is counted first, and erased when the answer is there', async () => {
  const ada = await member({ home: doomed, role: 'owner' })
  const preview = await call('GET', `/organizations/${doomed}/removal`, { token })
  expect(preview.json).toMatchObject({ below: 0, people: 1, memberships: 1, grants: 1, domains: 0, email_domains: 0 })
  expect((await remove()).status).toBe(204)
  expect(directory().byId(doomed)).toBeUndefined()
  expect(await withOrganization(doomed, (tx) => find(tx, ada.id))).toBeNull()
  expect((await call('GET', `/organizations/${doomed}/removal`, { token })).status).toBe(404)
  const trail = await call('GET', `/organizations/${tree.own}/audit?action=organization.deleted`, { token })
  expect(JSON.stringify(trail.json.items?.[0])).toContain(handle)
})

it('what was not looked at, or has something below it, stays', async () => {
  await withPlatform((tx) => update(tx, by, doomed, { name: 'Changed' }))
  const late = await call('DELETE', `/organizations/${doomed}?confirm=${handle}`, {
    token,
    headers: { 'if-match': '"1"' },
  })
  expect([late.status, late.json.code]).toEqual([412, 'organizations.changed_elsewhere'])
  await call('POST', '/organizations', { token, body: { handle: fresh('below'), name: 'Below', parent_id: doomed } })
  expect((await call('GET', `/organizations/${doomed}/removal`, { token })).json.below).toBe(1)
  expect((await remove()).json.code).toBe('organizations.has_children')
})

it('an organization is handed over, and the answer says when it cannot be', async () => {
  const [ada, ben] = [await member({ home: doomed, role: 'owner' }), await member({ home: doomed })]
  const hand = (body: Record<string, unknown>) => call('POST', `/organizations/${doomed}/ownership`, { token, body })
  expect((await hand({ person: ben.id })).status).toBe(204)
  const grants = await call('GET', `/organizations/${doomed}/grants`, { token })
  const owners = grants.json.items
    ?.filter(({ role }) => role === 'owner')
    .map(({ subject }) => (subject as { id: string }).id)
  expect(owners).toEqual([ada.id, ben.id])
  const unfit = await hand({ person: (await member({ home: doomed, kind: 'consumer' })).id })
  expect(unfit.json).toMatchObject({ status: 409, code: 'access.owner_unfit', errors: [{ pointer: '#/person' }] })
  // A program owns nothing that it could give up.
  const leaving = await hand({ person: ben.id, step_down: true })
  expect(leaving.json).toMatchObject({ status: 409, code: 'access.not_an_owner', errors: [{ pointer: '#/step_down' }] })
})
