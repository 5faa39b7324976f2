// In production nothing of the demo is there, nothing has a default, and a start that lacks something says all that it lacks.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { freePort } from '../support/free-port.ts'
import { documentAttribute } from './support/html.ts'
import { hidesTheMachinery, isGuarded } from './support/ours.ts'
import { ask } from './support/raw.ts'
import { launch, newDataDirectory, OwnServer, removeDataDirectory } from './support/server.ts'

test.describe.configure({ timeout: 180_000 })

let directory = ''
test.beforeEach(() => {
  directory = newDataDirectory()
})
test.afterEach(() => removeDataDirectory(directory))

const settingsOf = (port: number) => ({
  LIVERY_MODE: 'production',
  LIVERY_ORIGIN: `http://localhost:${port}`,
  SMTP_URL: 'smtp://127.0.0.1:9',
  LIVERY_MAIL_FROM: 'accounts@skyway.example',
})

test('a start without settings lists everything that is missing, at once and without a trace', async () => {
  const settings = { LIVERY_MODE: '', LIVERY_DATA_DIR: '', LIVERY_SECRET: '', LIVERY_TRUSTED_PROXIES: 'nonsense' }
  const server = launch({ directory, port: await freePort(), settings })
  const [code] = await once(server.child, 'close')
  expect(code).toBe(1)
  const said = server.said()
  for (const name of [
    'LIVERY_ORIGIN',
    'LIVERY_SECRET',
    'SMTP_URL',
    'LIVERY_MAIL_FROM',
    'DATABASE_URL',
    'LIVERY_TRUSTED_PROXIES',
  ])
    expect(said).toContain(name)
  expect(said).not.toMatch(/\n\s+at |nonsense/)
})

test('the workbench is nowhere, and the organizations are served', async () => {
  const port = await freePort()
  const demo = await OwnServer.start({ directory, port })
  expect((await ask(`${demo.origin}/gallery`)).status).toBe(200)
  expect(await demo.stop()).toBe(0)

  const secret = readFileSync(join(directory, 'secret'), 'utf8').trim()
  const production = await OwnServer.start({
    directory,
    port,
    settings: { ...settingsOf(port), LIVERY_SECRET: secret },
  })
  try {
    const sample = '/gallery/alpine/en/light/sign-in/default'
    for (const path of [
      '/gallery',
      sample,
      '/gallery/alpine/en/light/emails/welcome',
      '/dev/mail',
      '/dev/mail.json',
      '/dev',
    ]) {
      const reply = await ask(production.origin + path)
      expect([path, reply.status]).toEqual([path, 404])
      expect(documentAttribute(reply.body, 'data-organization')).toBe('skyway')
      isGuarded(reply)
      hidesTheMachinery(reply)
    }
    expect((await ask(`${production.addressOf('alpine').url}/sign-in`)).status).toBe(200)
  } finally {
    expect(await production.stop()).toBe(0)
  }
})

test('an empty database meets nobody, and says nothing', async () => {
  const port = await freePort()
  const settings = { ...settingsOf(port), LIVERY_SECRET: 'only-for-this-story-only-for-this-story' }
  const server = await OwnServer.start({ directory, port, settings })
  try {
    for (const path of ['/', '/sign-in', '/o/alpine/sign-in', '/assets/a/wordmark-light.svg', '/nothing']) {
      const reply = await ask(server.origin + path)
      expect([path, reply.status < 500]).toEqual([path, true])
      expect(documentAttribute(reply.body, 'data-organization')).toBeNull()
      isGuarded(reply)
      hidesTheMachinery(reply)
    }
    expect((await ask(`${server.origin}/healthz`)).status).toBe(200)
  } finally {
    expect(await server.stop()).toBe(0)
  }
})
