// What browsers and password managers look for at a host without knowing whose it is.

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { chooseAddress, loadDirectory } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { settings } from '#platform/env'
import { forgetProcessState, processState } from '#platform/process'
import { askAt, locationOf } from '#support/asking'
import { freshDatabase } from '#support/database'
import { buildRenamedWorld, idOf, own } from '#support/renamed-world'

freshDatabase()
beforeAll(buildRenamedWorld, 60_000)

const origin = 'https://sky.example'
let before: ReturnType<typeof settings>
beforeEach(() => {
  before = settings()
  forgetProcessState('settings')
  processState('settings', () => ({ ...before, origin }))
})
afterEach(() => {
  forgetProcessState('settings')
  processState('settings', () => before)
})

const told = async (url: string) => {
  const { status, headers, body } = await askAt(url)
  return { status, type: headers?.['content-type'], said: JSON.parse(String(body)) }
}
const type = 'application/json; charset=utf-8'

describe('/.well-known/passkey-endpoints', () => {
  it.each(['https://sky.example', 'https://alpine.sky.example', 'https://account.alpine.example'])(
    'at %s names a page of the same host',
    async (at) => {
      const page = `${at}/account/security`
      const found = await told(`${at}/.well-known/passkey-endpoints`)
      expect(found).toEqual({ status: 200, type, said: { enroll: page, manage: page } })
    },
  )
})

describe('/.well-known/webauthn', () => {
  const origins = async (at: string) => (await told(`${at}/.well-known/webauthn`)).said.origins

  it('names the hosts of one organization alone, the one that it is shown at first', async () => {
    const all = ['https://account.alpine.example', 'https://login.alpine.example', 'https://alpine.sky.example']
    expect((await origins('https://alpine.sky.example')).toSorted()).toEqual(all.toSorted())
    await withPlatform((tx) => chooseAddress(tx, by, idOf('edelweiss'), 'login.alpine.example'))
    await loadDirectory()
    // Also at a host that pages lead on from: passkeys may be bound to it.
    for (const at of all) expect((await origins(at))[0]).toBe('https://login.alpine.example')
    expect(await origins('https://sky.example')).toEqual(['https://sky.example'])
  })

  it('names no host that nobody has proven', async () => {
    expect(await origins('https://pacifica.sky.example')).toEqual(['https://pacifica.sky.example'])
  })

  it('names five at most', async () => {
    for (let count = 1; count <= 6; count += 1) await own('cloud', `login.cloud-${count}.example`)
    await loadDirectory()
    expect(await origins('https://cloud.sky.example')).toHaveLength(5)
  })
})

describe('an address of a whole host', () => {
  it.each(['change-password', 'passkey-endpoints', 'webauthn'])(
    '/.well-known/%s is nobody’s below a path',
    async (name) => {
      expect((await askAt(`https://sky.example/o/alpine/.well-known/${name}`)).status).toBe(404)
    },
  )

  it('leads to the password, and what should not exist does not', async () => {
    const found = await askAt('https://sky.example/.well-known/change-password')
    expect([found.status, locationOf(found)]).toEqual([303, '/account/security?edit=password#password'])
    const none = 'resource-that-should-not-exist-whose-status-code-should-not-be-200'
    expect((await askAt(`https://sky.example/.well-known/${none}`)).status).toBe(404)
  })
})
