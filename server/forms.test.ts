import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { forgetProcessState } from '#platform/process'
import { mostOfForm } from '#web/routes'
import type { Site } from '#web/site'
import type { Asked } from './asked.ts'
import { isOwnOrigin, readAnswer } from './forms.ts'

const own = (origin?: string, fetchSite?: string) =>
  isOwnOrigin({ origin: 'http://alpine.localhost:3000' }, { origin, fetchSite })

describe('a form is taken from our own pages alone', () => {
  it('by its origin, to the letter', () => {
    expect(own('http://alpine.localhost:3000')).toBe(true)
    for (const foreign of [
      'null',
      '',
      'http://alpine.localhost',
      'https://alpine.localhost:3000',
      'http://localhost:3000',
      'http://pacifica.localhost:3000',
      'http://alpine.localhost:3000.evil.test',
      'http://ALPINE.localhost:3000',
    ])
      expect(own(foreign, 'same-origin'), foreign).toBe(false)
  })
  it('by what the browser says of the site, where it says no origin', () => {
    expect(own(undefined, 'same-origin')).toBe(true)
    expect(own(undefined, 'none')).toBe(true)
    expect(own(undefined, 'same-site')).toBe(false)
    expect(own(undefined, 'cross-site')).toBe(false)
  })
  it('from a client that is no browser', () => expect(own()).toBe(true))
})

const site = { organization: { handle: 'alpine' }, origin: 'https://alpine.example', base: '' } as unknown as Site
const sending = (body: Readable, cookie?: string): Asked =>
  ({ cookie, message: Object.assign(body, { headers: {} }) as unknown as IncomingMessage }) as Asked
const known = '__Host-alpine=secret'
const bytes = (size: number, cookie?: string) => sending(Readable.from([Buffer.alloc(size, 'x')]), cookie)
const lengthOf = async (asked: Asked, path: string) => {
  const read = await readAnswer(site, asked, path)
  return read === 'busy' ? read : (read.body?.length ?? null)
}

describe('of an answer is read', () => {
  afterEach(() => forgetProcessState('server.forms.files'))
  const file = '/organization/people/import'

  it('a file, where a form sends one and somebody is signed in', async () => {
    expect(await lengthOf(bytes(5_000_000, known), file)).toBe(5_000_000)
    expect(await lengthOf(bytes(8_000_001, known), file)).toBeNull()
  })

  it('a few fields of every other form', async () => {
    for (const path of ['/sign-in', '/account/profile', '/organization/do/people.import', '/organization/people/new']) {
      expect(await lengthOf(bytes(mostOfForm, known), path), path).toBe(mostOfForm)
      expect(await lengthOf(bytes(mostOfForm + 1, known), path), path).toBeNull()
    }
  })

  it('no file of a visitor, or of somebody who is known elsewhere', async () => {
    for (const cookie of [undefined, '__Host-pacifica=secret', '__Host-alpine-attempt=secret']) {
      expect(await lengthOf(bytes(mostOfForm + 1, cookie), file)).toBeNull()
    }
  })

  it('a few files at a time, and the next as soon as one is done', async () => {
    const slow = Array.from({ length: 8 }, () => new Readable({ read() {} }))
    const under = slow.map((body) => lengthOf(sending(body, known), file))
    expect(await lengthOf(bytes(10, known), file)).toBe('busy')
    expect(await lengthOf(bytes(10, known), '/account/profile')).toBe(10)
    slow[0]?.destroy()
    await expect(under[0]).rejects.toThrow()
    expect(await lengthOf(bytes(10, known), file)).toBe(10)
    for (const body of slow.slice(1)) body.push(null)
    await Promise.all(under.slice(1))
  })
})
