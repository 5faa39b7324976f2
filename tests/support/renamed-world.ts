// For tests of addresses: organizations that have had other handles, have hosts of their own, are suspended or deleted.

import { systemActor as by } from '#core/authority'
import { addHost, create, loadDirectory, remove, suspend, update } from '#core/organizations'
import { withPlatform } from '#platform/database'

const ids: Record<string, string> = {}

/** By the first handle that it had. */
export const idOf = (handle: string): string => ids[handle] ?? ''

const make = async (handle: string, parent: string | null): Promise<void> => {
  const parentId = parent === null ? null : idOf(parent)
  ids[handle] = (await withPlatform((tx) => create(tx, by, { parentId, handle, name: handle }))).id
}

export const rename = (first: string, handle: string) => withPlatform((tx) => update(tx, by, idOf(first), { handle }))

export const own = (first: string, host: string, verified = true) =>
  withPlatform((tx) => addHost(tx, by, idOf(first), host, { verified }))

/**
 * The root was `skyway` and is `sky`; `edelweiss` is `alpine`, with two domains; `dawn` is `dusk`, suspended, and below it
 * `pier` is `mole`; `gone` is deleted; `pacifica` and `cloud` are as they were.
 */
export const buildRenamedWorld = async (): Promise<void> => {
  await make('skyway', null)
  for (const handle of ['edelweiss', 'pacifica', 'dawn', 'gone', 'cloud']) await make(handle, 'skyway')
  await make('pier', 'dawn')
  await rename('edelweiss', 'alpine')
  await rename('dawn', 'dusk')
  await rename('pier', 'mole')
  await rename('skyway', 'sky')
  await own('edelweiss', 'account.alpine.example')
  await own('edelweiss', 'login.alpine.example')
  await own('pacifica', 'unproven.example', false)
  await withPlatform((tx) => suspend(tx, by, idOf('dawn')))
  await withPlatform((tx) => remove(tx, by, idOf('gone')))
  await loadDirectory()
}
