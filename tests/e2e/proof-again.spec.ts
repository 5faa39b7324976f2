// Whoever signed in a while ago proves once more that it is them, by a passkey as well, and what they were about to do is done.

import { freePort } from '../support/free-port.ts'
import { PasskeyDevice } from './support/passkeys.ts'
import { newDataDirectory, OwnServer, removeDataDirectory } from './support/server.ts'
import { expect, test } from './support/stories.ts'
import { notesIn } from './support/world.ts'

test('a passkey is proof enough for what is sensitive, and the answer that waited is performed', async ({ visit }) => {
  test.setTimeout(240_000)
  const directory = newDataDirectory()
  const port = await freePort()
  let server = await OwnServer.start({ directory, port })
  try {
    const ben = await visit(server.addressOf('alpine'))
    const { password } = notesIn(directory)
    const device = await PasskeyDevice.in(ben.page)
    ben.who = { ...ben.who, email: 'ben@alpine.example', password }

    await test.step('signs in and adds a passkey', async () => {
      await ben.signIn()
      await ben.open('/account/security')
      await device.touched(true)
      await ben.press('security.passkey.add')
      await ben.seesNotice(/passkey is ready/)
    })

    await test.step('comes back a quarter of an hour later', async () => {
      expect(await server.stop()).toBe(0)
      const later = `data:text/javascript,globalThis[Symbol.for('livery')]=new Map([['clock',{ms:900000}]])`
      server = await OwnServer.start({ directory, port, settings: { NODE_OPTIONS: `--import="${later}"` } })
      await ben.open('/account/security')
      await expect(ben.part('security.passkey.start')).toBeVisible()
    })

    await test.step('asks for recovery codes, is asked for a proof, and has them', async () => {
      await ben.press('security.codes.make')
      await ben.seesScreen('confirm')
      await expect(ben.part('confirm.password')).toBeVisible()
      await ben.press('confirm.passkey')
      await ben.seesScreen('recovery-codes')
    })

    await test.step('is not asked again for the next thing', async () => {
      await ben.open('/account/security')
      await expect(ben.part('security.passkey.add')).toBeVisible()
    })
  } finally {
    await server.stop()
    removeDataDirectory(directory)
  }
})
