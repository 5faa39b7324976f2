// The end of an organization while every statement is watched: one with something in every table that goes with it, with people
// who belong elsewhere and people of elsewhere who belong to it.

import { addToGroup, createGroup, createRole } from '#core/access'
import { setRetention } from '#core/audit'
import { systemActor as by } from '#core/authority'
import { publish } from '#core/documents'
import { invite } from '#core/invitations'
import { signIn } from '#core/login'
import { keepNote } from '#core/notes'
import { ask as askFor } from '#core/onboarding'
import { create, directory, loadDirectory } from '#core/organizations'
import { finishRemoval, preview, remove } from '#core/removal'
import { createAccount, createToken } from '#core/tokens'
import { countToday } from '#core/usage'
import { withOrganization, withPlatform } from '#platform/database'
import { at, person } from '#support/engine'
import { giveFactors } from '#support/factors'
import { beKnown } from '#support/known'
import type { Tree } from '#support/rest'
import { member, signedIn } from '#support/staff'

const make = async (parentId: string): Promise<string> => {
  const wanted = { parentId, handle: 'the-doomed', name: 'The doomed', peopleFrom: 'mixed' as const }
  const { id } = await withPlatform((tx) => create(tx, by, wanted))
  await loadDirectory()
  return id
}

/** What is done, made and left behind there as long as it is an organization. */
const fill = async (id: string): Promise<void> => {
  const olga = await person({ email: 'olga@doomed.example', home: id, memberOf: [id], totp: true })
  await signedIn(id, { homeId: id, personId: olga.id })
  await withOrganization(id, async (tx) => {
    await createRole(tx, by, { key: 'doomed', name: 'Doomed', permissions: ['people.read'] })
    const group = await createGroup(tx, by, { name: 'Doomed' })
    await addToGroup(tx, by, group.id, { homeId: id, personId: olga.id })
    const { id: account } = await createAccount(tx, by, { name: 'Doomed' })
    await createToken(tx, by, account, { name: 'Doomed', scopes: [] })
    await publish(tx, by, 'theme', 'theme', {})
    await countToday(tx)
    await keepNote(tx, olga.id, 'left behind')
    await giveFactors(tx, olga.id)
    await beKnown(tx, { homeId: id, personId: olga.id })
    await setRetention(tx, by, directory().byId(id)?.ancestors ?? [id], 730)
    const names = { givenName: 'Noa', familyName: 'Berg', locale: 'en', passwordHash: 'made for a test' }
    await askFor(tx, by, { ...names, name: 'Late', handle: 'too-late', email: 'noa@late.example' })
  })
  await invite(id, by, { emails: ['guest@doomed.example'] })
  await signIn(at(id), null, { username: 'nobody@doomed.example', password: 'wrong wrong wrong' })
}

/** Somebody who lives there and belongs to another organization, with everything that they can have at it. */
const goOut = async (id: string, other: string): Promise<void> => {
  const rita = await member({ home: id, at: other, role: 'administrator' })
  await signedIn(other, rita.ref)
  await withOrganization(other, async (tx) => {
    await beKnown(tx, rita.ref)
    const group = await createGroup(tx, by, { name: 'Of somebody who goes' })
    await addToGroup(tx, by, group.id, rita.ref)
  })
}

/** Is looked at once more, deleted, and erased to its end. */
export const goAway = async ({ own, parent }: Tree): Promise<void> => {
  const doomed = await make(own)
  await fill(doomed)
  await goOut(doomed, own)
  await member({ home: parent, at: doomed, role: 'owner' })
  await withPlatform((tx) => preview(tx, by, doomed))
  await withPlatform((tx) => remove(tx, by, doomed))
  await finishRemoval(doomed)
  await loadDirectory()
}
