import { beforeAll, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import { authenticate, listAccounts, listTokens, revokeToken, suspendAccount } from '#core/tokens'
import { days, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { settleProgram } from './program.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

it('the program of the sample world keeps its token for as long as it is good', async () => {
  const first = await settleProgram(world.root, null)
  const actor = await authenticate(first ?? '')
  expect(actor?.grants).toContainEqual({
    permission: 'organization.delete',
    organizationId: world.root,
    reach: 'subtree',
  })
  expect(actor?.grants).toHaveLength(builtInRoles.owner.length)
  expect(await settleProgram(world.root, first)).toBe(first)

  const accounts = await withOrganization(world.root, (tx) => listAccounts(tx, systemActor))
  expect(accounts).toHaveLength(1)
  const accountId = accounts[0]?.id ?? ''
  const tokens = await withOrganization(world.root, (tx) => listTokens(tx, systemActor, accountId))
  await withOrganization(world.root, (tx) => revokeToken(tx, systemActor, accountId, tokens[0]?.id ?? ''))
  const second = await settleProgram(world.root, first)
  expect(second).not.toBe(first)
  expect(await authenticate(second ?? '')).not.toBeNull()

  setClockForTests(days(401))
  expect(await settleProgram(world.root, second)).not.toBe(second)
  setClockForTests(0)

  await withOrganization(world.root, (tx) => suspendAccount(tx, systemActor, accountId))
  expect(await settleProgram(world.root, second)).toBeNull()
})
