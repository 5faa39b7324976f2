// The gateway: a real server on this machine that has good and bad days.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startGateway, type TestGateway } from '#support/sms-gateway'
import { throughGateway } from './gateway.ts'

let server: TestGateway
beforeEach(async () => {
  server = await startGateway()
})
afterEach(() => server.stop())

const message = {
  id: 'out_1',
  to: '+4915112345678',
  from: 'Alpine',
  text: '482913 is your code.\n\n@a.example #482913',
}
const about = { organizationId: 'org_a', template: 'sign-in-code' } as const
const json = '{"to":"{{to}}","from":"{{from}}","text":"{{text}}","id":"{{id}}"}'
const post = (more: Partial<Parameters<typeof throughGateway>[0]> = {}, said = message, timeoutMs?: number) =>
  throughGateway({ url: server.url, headers: {}, body: json, format: 'json', ...more }, timeoutMs)(said, about)

describe('a gateway', () => {
  it('is posted JSON under its own headers', async () => {
    expect(await post({ headers: { authorization: 'Bearer s3cret' } })).toEqual({ outcome: 'delivered' })
    const [asked] = server.asked
    expect(asked).toMatchObject({ method: 'POST', url: '/messages' })
    expect(asked?.headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer s3cret' })
    expect(JSON.parse(asked?.body ?? '')).toEqual(message)
  })

  it('is posted a form', async () => {
    await post({ format: 'form', body: 'To={{to}}&Body={{text}}' })
    const [asked] = server.asked
    expect(asked?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect([...new URLSearchParams(asked?.body)]).toEqual([
      ['To', message.to],
      ['Body', message.text],
    ])
  })

  it.each(['json', 'form'] as const)('gets no second recipient from a name, as %s', async (format) => {
    const text = '","to":"+1900","x":"&To=%2B1900&to=+1900\r\n\r\n{{to}}'
    const body = format === 'json' ? json : 'to={{to}}&text={{text}}'
    await post({ format, body }, { ...message, text })
    const sent = server.asked[0]?.body ?? ''
    const fields = format === 'json' ? Object.entries(JSON.parse(sent)) : [...new URLSearchParams(sent)]
    expect(fields.filter(([name]) => String(name).toLowerCase() === 'to')).toEqual([['to', message.to]])
    expect(fields.find(([name]) => name === 'text')).toEqual(['text', text])
  })

  it.each([
    [200, 'delivered'],
    [202, 'delivered'],
    [500, 'later'],
    [503, 'later'],
    [429, 'later'],
    [408, 'later'],
    [401, 'later'],
    [400, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [422, 'refused'],
    ['hang', 'later'],
    ['hang up', 'later'],
  ] as const)('that answers %s: the message is %s', async (status, outcome) => {
    server.manner = { status, body: `no route to ${message.to}: ${message.text}` }
    const delivery = await post({}, message, status === 'hang' ? 300 : undefined)
    expect(delivery.outcome).toBe(outcome)
    // What it answered beside is kept nowhere.
    expect(JSON.stringify(delivery)).not.toMatch(/482913|4915112345678/)
    expect(server.asked).toHaveLength(1)
  })

  it('is not followed to another address', async () => {
    const other = await startGateway()
    for (const status of [301, 302, 307, 308]) {
      server.manner = { status, headers: { location: other.url } }
      expect((await post()).outcome).toBe('refused')
    }
    expect(other.asked).toEqual([])
    await other.stop()
  })

  it('that is not there is tried again later', async () => {
    await server.stop()
    expect(await post()).toEqual({ outcome: 'later', reason: 'the gateway was not reached: ECONNREFUSED' })
  })

  it('may answer as much as it likes', async () => {
    server.manner = { status: 200, body: 'x'.repeat(5_000_000) }
    expect(await post()).toEqual({ outcome: 'delivered' })
  })
})
