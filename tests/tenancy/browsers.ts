// Somebody comes back in browsers that are known, while every statement is watched: one is trusted, and forgotten; one of their
// sessions goes on after a proof, and another is ended.

import { endOwnSession } from '#core/account'
import { systemActor as by } from '#core/authority'
import { devicesOf, endDevice, forgetTrust, knownDevice, mayTryAnyway, ownerOf, remember } from '#core/devices'
import { mostDevices } from '#core/devices/contract'
import { rotate } from '#core/sessions'
import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { person } from '#support/engine'
import type { Tree } from '#support/rest'
import { sessionOf } from '#support/staff'

export const comeBack = async ({ own, parent }: Tree): Promise<void> => {
  const { id } = await person({ email: 'remembered@own.example', home: own, memberOf: [parent] })
  const ref = { homeId: own, personId: id }
  const owner = await ownerOf(ref)
  const trusted = await withOrganization(own, (tx) => remember(tx, by, ref, null, { trust: true }))
  await withOrganization(own, async (tx) => {
    await remember(tx, by, ref, trusted.secret, { trust: false })
    await remember(tx, by, ref, trusted.secret, { trust: true })
    for (let device = 0; device < mostDevices; device += 1) await remember(tx, by, ref, null, { trust: false })
    const other = await remember(tx, by, ref, null, { trust: false })
    await knownDevice(tx, owner, other.secret)
    await devicesOf(tx, owner)
    await endDevice(tx, by, ref, other.id)
    await forgetTrust(tx, id)
  })
  await mayTryAnyway(own, ref, trusted.secret)
  const [proven, ended] = [await sessionOf(own, ref), await sessionOf(own, ref)]
  await withOrganization(own, (tx) => rotate(tx, by, proven.id, { methods: ['pwd', 'otp'], provenAt: now() }))
  await endOwnSession(own, { kind: 'person', ...ref, grants: [] }, ended.id)
}
