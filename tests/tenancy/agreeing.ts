// What somebody is asked beside who they are while every statement is watched.

import { systemActor as by } from '#core/authority'
import { consentsOf } from '#core/consents'
import { askForAnother, endPassword, exchangeFor, passwordOf } from '#core/credentials'
import { withOrganization } from '#platform/database'
import { person } from '#support/engine'
import { beKnown } from '#support/known'
import type { Tree } from '#support/rest'
import type { Asking } from './scenario.ts'

/** Somebody agrees, looks at what they have agreed to, chooses passwords that were asked for, and is removed. */
export const beAskedMore = async ({ own, parent }: Tree, ask: Asking): Promise<void> => {
  const { id } = await person({ email: 'agrees@own.example', home: own, memberOf: [parent] })
  const ref = { homeId: own, personId: id }
  for (const at of [own, parent]) await withOrganization(at, (tx) => beKnown(tx, ref))
  await withOrganization(own, (tx) => consentsOf(tx, ref))
  await withOrganization(own, async (tx) => {
    await askForAnother(tx, id)
    const old = (await passwordOf(tx, id))?.hash ?? null
    await exchangeFor(tx, by, id, { old, hash: 'another one', why: 'test' })
    await endPassword(tx, by, id, 'test')
    await exchangeFor(tx, by, id, { old: null, hash: 'the first one', why: 'test' })
  })
  await ask('DELETE', `/organizations/${own}/people/${id}`)
}
