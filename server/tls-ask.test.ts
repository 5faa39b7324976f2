import { beforeAll, describe, expect, it } from 'vitest'
import { askAt } from '#support/asking'
import { freshDatabase } from '#support/database'
import { buildRenamedWorld } from '#support/renamed-world'

freshDatabase()
beforeAll(buildRenamedWorld, 60_000)

describe('a proxy that asks whether it may order a certificate', () => {
  const ask = async (domain: string, host = '10.0.0.7:3000') => {
    const found = await askAt(`http://${host}/tls/ask?domain=${encodeURIComponent(domain)}`)
    expect(found.body).toBeUndefined()
    return found.status
  }

  it.each([
    ['localhost'],
    ['alpine.localhost'],
    ['ALPINE.localhost'],
    ['account.alpine.example'],
    // A name that was given up has to be reached before it can lead home.
    ['edelweiss.localhost'],
  ])('may for %s', async (domain) => expect(await ask(domain)).toBe(200))

  it.each([
    ['unproven.example'],
    ['evil.test'],
    ['nobody.localhost'],
    ['a.alpine.localhost'],
    ['dusk.localhost'],
    ['dawn.localhost'],
    ['mole.localhost'],
    ['alpine.localhost:3000'],
    ['alpine.localhost.'],
    ['127.0.0.1'],
    ['*.localhost'],
    [''],
  ])('may not for %j', async (domain) => expect(await ask(domain)).toBe(404))

  it('is answered at every host, and only when it reads', async () => {
    expect(await ask('alpine.localhost', 'account.alpine.example')).toBe(200)
    expect(await ask('alpine.localhost', 'evil.test')).toBe(200)
    expect((await askAt(`http://localhost:3000/tls/ask`)).status).toBe(404)
    expect((await askAt(`http://localhost:3000/tls/ask?domain=localhost`, { method: 'HEAD' })).status).toBe(200)
    expect((await askAt(`http://localhost:3000/tls/ask?domain=localhost`, { method: 'POST' })).status).toBe(404)
  })
})
