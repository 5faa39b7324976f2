// For tests: the organizations of the sample world with their brands, and nobody in them.

import { systemActor as by } from '#core/authority'
import { prepareEmails, pushEmails } from '#core/emails'
import { addHost, create, directory, loadDirectory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { layersAbove, prepareFolder, pushPrepared } from '#core/themes'
import { organizations } from '#demo/world'
import { withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'

/** An organization of the sample world, by its handle. */
export const brand = (handle: string): Organization =>
  directory().byHandle(handle) ?? fail('organizations.not_found', handle)

/** Makes those that have a brand, and dresses them. Answers their handles. */
export const buildBrands = async (): Promise<string[]> => {
  await loadDirectory()
  const branded = organizations.filter((one) => one.brand !== null)
  for (const { handle, name, parent, peopleFrom, locales, hosts = [], brand: folder } of branded) {
    const { id } = await withPlatform(async (tx) => {
      const parentId = parent === null ? null : brand(parent).id
      const made = await create(tx, by, { parentId, handle, name, peopleFrom, locales })
      for (const host of hosts) await addHost(tx, by, made.id, host, { verified: true })
      return made
    })
    await loadDirectory()
    const theme = await prepareFolder(folder ?? '', await layersAbove(id))
    const emails = await prepareEmails(folder ?? '')
    await withOrganization(id, async (tx) => {
      await pushPrepared(tx, by, theme)
      await pushEmails(tx, by, emails)
    })
  }
  return branded.map(({ handle }) => handle)
}
