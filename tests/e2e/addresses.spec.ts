// An organization changes its handle, chooses where it is shown, and is deleted: whoever follows an old link ends where they
// wanted to be, and nobody loses what they are in the middle of.

import { ask } from './support/raw.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { type Address, notes, origin, port } from './support/world.ts'

type Told = { id: string; status: number; etag: string }

/** Says something to the interface, as the program that looks after the root. */
const say = async (method: string, path: string, body?: unknown, etag = ''): Promise<Told> => {
  const reply = await ask(`${origin()}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${notes().apiToken}`,
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      ...(etag === '' ? {} : { 'if-match': etag }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(reply.status, reply.body).toBeLessThan(300)
  const json = reply.body === '' ? {} : JSON.parse(reply.body)
  return { id: String(json.id), status: reply.status, etag: String(reply.headers.etag ?? '') }
}

const addressAt = (handle: string, form: 'path' | 'name'): Address => {
  const base = form === 'path' ? `/o/${handle}` : ''
  const own = form === 'path' ? origin() : `http://${handle}.localhost:${port()}`
  return { handle, form, url: own + base, origin: own, base }
}

let count = 0
/** A business of its own for one story. */
const found = async (): Promise<{ id: string; handle: string; later: string; rename: () => Promise<unknown> }> => {
  count += 1
  const handle = `pier-${process.pid}-${count}`
  const later = `${handle}-new`
  const { id } = await say('POST', '/organizations', { handle, name: 'Pier Boats', sign_up: 'open' })
  const rename = async () => {
    const { etag } = await say('GET', `/organizations/${id}`)
    await say('PATCH', `/organizations/${id}`, { handle: later }, etag)
  }
  return { id, handle, later, rename }
}
const choose = (id: string, address: string) => say('PUT', `/organizations/${id}/canonical-address`, { address })

const isAt = (visitor: Visitor, url: string) => expect(visitor.page).toHaveURL(url)
const mistypes = async (visitor: Visitor): Promise<void> => {
  await visitor.page.fill('[name="username"]', 'ines@pier.example')
  await visitor.page.fill('[name="password"]', 'not the right one at all')
  await visitor.press('sign-in.submit')
}
const isInTheMiddle = async (visitor: Visitor): Promise<void> => {
  await expect(visitor.page.locator('[data-part="sign-in.alert"]')).toBeVisible()
  await expect(visitor.page.locator('[name="username"]')).toHaveValue('ines@pier.example')
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test('an old link leads home, and a sign-in that began under it goes on', async ({ visit }) => {
      const { id, handle, later, rename } = await found()
      const ines = await visit(addressAt(handle, 'path'), { scripts })
      await ines.open('/sign-in')
      await mistypes(ines)
      await isInTheMiddle(ines)
      await rename()
      await ines.open('/sign-in?ui_locales=en')
      await isAt(ines, `${origin()}/o/${later}/sign-in?ui_locales=en`)
      await isInTheMiddle(ines)
      // Its name leads home as well, and its form is answered where it now is.
      const marek = await visit(addressAt(handle, 'name'), { scripts })
      await marek.open('/sign-up')
      await isAt(marek, `${addressAt(later, 'name').url}/sign-up`)
      await choose(id, 'name')
      const rosa = await visit(addressAt(handle, 'path'), { scripts })
      await rosa.open('/sign-in')
      await isAt(rosa, `${addressAt(later, 'name').url}/sign-in`)
    })

    test('somebody is led to the chosen address, and never away from what they have begun', async ({ visit }) => {
      const { id, handle } = await found()
      const ines = await visit(addressAt(handle, 'path'), { scripts })
      await ines.signUp()
      await choose(id, 'name')
      // In the middle of a sign-up by path, she ends it by path, and stays signed in there.
      await ines.proveAddressByCode()
      await ines.seesScreen('account')
      await isAt(ines, `${addressAt(handle, 'path').url}/account`)
      await ines.open('/account/security')
      await isAt(ines, `${addressAt(handle, 'path').url}/account/security`)
      await ines.signOut()
      await isAt(ines, `${addressAt(handle, 'path').url}/sign-out`)
      // The next time begins where the organization is shown.
      await ines.open('/sign-in')
      await isAt(ines, `${addressAt(handle, 'name').url}/sign-in`)
      await mistypes(ines)
      await isInTheMiddle(ines)
      await isAt(ines, `${addressAt(handle, 'name').url}/sign-in`)
    })
  })
}

test('what is deleted is gone at every address, and its handles lead to the organization above', async ({ visit }) => {
  const { id, handle, later, rename } = await found()
  await rename()
  const ines = await visit(addressAt(later, 'path'))
  await ines.signUp()
  await ines.proveAddressByCode()
  await ines.seesScreen('account')
  const { etag } = await say('GET', `/organizations/${id}`)
  await say('DELETE', `/organizations/${id}?confirm=${later}`, undefined, etag)
  for (const old of [handle, later]) {
    const byPath = await ask(`${addressAt(old, 'path').url}/sign-in`)
    expect([byPath.status, byPath.headers.location]).toEqual([308, `${origin()}/sign-in`])
    const byName = await ask(`${addressAt(old, 'name').url}/sign-in`)
    expect([byName.status, byName.headers.location]).toEqual([308, `${origin()}/sign-in`])
  }
  await ines.open('/account')
  await isAt(ines, `${origin()}/sign-in`)
})
