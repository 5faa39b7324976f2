// Somebody signs in at the organization above theirs: the domain of their address, once it is proven in DNS, leads them to
// their own, at another host, with their address filled in and their password left behind.

import { freePort } from '../support/free-port.ts'
import { ask } from './support/raw.ts'
import { startResolver, type Zone } from './support/resolver.ts'
import { newDataDirectory, OwnServer, removeDataDirectory } from './support/server.ts'
import { expect, test } from './support/stories.ts'
import { notesIn } from './support/world.ts'

test.describe.configure({ timeout: 180_000, mode: 'serial' })

let directory = ''
let server: OwnServer
let zone: Zone
test.beforeAll(async () => {
  directory = newDataDirectory()
  zone = await startResolver()
  server = await OwnServer.start({ directory, port: await freePort(), settings: { LIVERY_DNS_SERVERS: zone.server } })
})
test.afterAll(async () => {
  await server.stop()
  await zone.stop()
  removeDataDirectory(directory)
})

const say = async (method: string, path: string, body?: unknown) => {
  const reply = await ask(`${server.origin}/api/v1/organizations/~alpine${path}`, {
    method,
    headers: { authorization: `Bearer ${notesIn(directory).apiToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(reply.status, reply.body).toBeLessThan(300)
  return JSON.parse(reply.body)
}

test('a domain leads nobody before it is proven, and its proof is looked for where the record says', async () => {
  const { record } = await say('POST', '/email-domains', { domain: 'alpine.example' })
  expect((await say('POST', '/email-domains/alpine.example/check')).verified).toBe(false)
  zone.publish(record.name, record.value)
  expect((await say('POST', '/email-domains/alpine.example/check')).verified).toBe(true)
  await say('PUT', '/canonical-address', { address: 'name' })
})

for (const scripts of [true, false]) {
  test(`${scripts ? 'with' : 'without'} scripts: from the sign-in above to one’s own`, async ({ visit }) => {
    const { password } = notesIn(directory)
    const root = server.addressOf('skyway', 'root')
    const ben = await visit(root, { scripts })
    const addresses: string[] = []
    ben.page.on('request', (request) => addresses.push(request.url()))
    await ben.open('/sign-in')
    await ben.type('sign-in.username', 'ben@alpine.example')
    await ben.type('sign-in.password', password)
    await ben.part('sign-in.submit').click()
    const own = server.addressOf('alpine', 'name')
    await expect(ben.page).toHaveURL(`${own.url}/sign-in`)
    await expect(ben.page.locator('html')).toHaveAttribute('data-organization', 'alpine')
    await expect(ben.part('sign-in.notice')).toContainText('was not passed on')
    await expect(ben.page.locator('[name="username"]')).toHaveValue('ben@alpine.example')
    await expect(ben.page.locator('[name="password"]')).toHaveValue('')
    // Neither stands in any address on the way.
    expect(addresses.join('\n')).toContain('/sign-in/arrive?hint=')
    expect(decodeURIComponent(addresses.join('\n'))).not.toMatch(/ben@|alpine\.example/)
    expect(addresses.join('\n')).not.toContain(password)
    await ben.type('sign-in.password', password)
    await ben.press('sign-in.submit')
    await expect(ben.page).toHaveURL(`${own.url}/account`)
  })
}
