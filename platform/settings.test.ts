import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSettings } from './env.ts'
import { envExample, readSettings, SettingsError, type SettingsInput } from './settings.ts'
import { smsSettings } from './sms-settings.ts'

const production = {
  LIVERY_ORIGIN: 'https://account.example.com',
  LIVERY_SECRET: 's'.repeat(32),
  DATABASE_URL: 'postgres://livery:pass@db.example.com/livery',
  SMTP_URL: 'smtps://user:pass@mail.example.com',
  LIVERY_MAIL_FROM: 'no-reply@example.com',
}

const problemsOf = (env: SettingsInput): string[] => {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}
const named = (env: SettingsInput) => problemsOf(env).map((problem) => problem.split(' ')[0])

describe('a gateway for short messages', () => {
  const gateway = { SMS_GATEWAY_URL: 'https://gateway.example/messages', SMS_FROM: 'Acme' }
  const problemsWith = (more: SettingsInput) => problemsOf({ ...production, ...gateway, ...more })

  it('is described by its address alone, or wholly', () => {
    expect(readSettings({ ...production, ...gateway })).toMatchObject({
      smsGateway: { url: gateway.SMS_GATEWAY_URL, headers: {}, format: 'json' },
      smsFrom: 'Acme',
    })
    expect(
      problemsWith({
        SMS_GATEWAY_HEADERS: '{"Authorization":"Bearer x"}',
        SMS_GATEWAY_FORMAT: 'form',
        SMS_GATEWAY_BODY: 'To={{to}}&Body={{text}}',
        SMS_FROM: undefined,
        SMS_COUNTRIES: 'de, PT',
      }),
    ).toEqual([])
    expect(readSettings({ ...production, SMS_COUNTRIES: 'de, PT' }).smsCountries).toEqual(['DE', 'PT'])
  })

  it.each([
    ['no web address', { SMS_GATEWAY_URL: 'ftp://gateway.example' }, 'SMS_GATEWAY_URL'],
    ['a password in the address', { SMS_GATEWAY_URL: 'https://a:b@gateway.example' }, 'SMS_GATEWAY_URL'],
    ['headers that are a list', { SMS_GATEWAY_HEADERS: '["a"]' }, 'SMS_GATEWAY_HEADERS'],
    ['a header of two lines', { SMS_GATEWAY_HEADERS: '{"a":"b\\r\\nc"}' }, 'SMS_GATEWAY_HEADERS'],
    ['a header without a name', { SMS_GATEWAY_HEADERS: '{"a b":"c"}' }, 'SMS_GATEWAY_HEADERS'],
    ['another format', { SMS_GATEWAY_FORMAT: 'xml' }, 'SMS_GATEWAY_FORMAT'],
    ['a body of another format', { SMS_GATEWAY_BODY: 'to={{to}}&text={{text}}' }, 'SMS_GATEWAY_BODY'],
    ['a number that is no string', { SMS_GATEWAY_BODY: '{"to":{{to}},"text":"{{text}}"}' }, 'SMS_GATEWAY_BODY'],
    ['a body without a text', { SMS_GATEWAY_BODY: '{"to":"{{to}}"}' }, 'SMS_GATEWAY_BODY'],
    ['a body that wants more', { SMS_GATEWAY_BODY: '{"a":"{{to}}{{text}}{{key}}"}' }, 'SMS_GATEWAY_BODY'],
    ['nobody it comes from', { SMS_FROM: undefined }, 'SMS_FROM'],
    ['a long name', { SMS_FROM: 'Acme Corporation' }, 'SMS_FROM'],
    ['a country by its name', { SMS_COUNTRIES: 'Germany' }, 'SMS_COUNTRIES'],
  ])('refuses %s', (_, more, setting) => {
    expect(problemsWith(more).map((problem) => problem.split(' ')[0])).toEqual([setting])
  })
})

describe('production', () => {
  it('starts with everything it needs', () => {
    expect(readSettings(production)).toEqual({
      mode: 'production',
      port: 3000,
      origin: 'https://account.example.com',
      databaseUrl: production.DATABASE_URL,
      dataDirectory: '.data',
      secret: production.LIVERY_SECRET,
      smtpUrl: production.SMTP_URL,
      mailFrom: 'no-reply@example.com',
      smsGateway: null,
      smsFrom: null,
      smsCountries: [],
      trustedProxies: [],
      dnsServers: [],
      hashConcurrency: undefined,
    })
  })

  it('is what is meant when nobody says otherwise, and names everything that is missing at once', () => {
    expect(named({})).toEqual(['LIVERY_ORIGIN', 'LIVERY_SECRET', 'SMTP_URL', 'LIVERY_MAIL_FROM', 'DATABASE_URL'])
  })

  it.each(Object.keys(production))('refuses to start without %s, and when it is empty', (name) => {
    expect(named({ ...production, [name]: undefined })).toEqual([name])
    expect(named({ ...production, [name]: '' })).toEqual([name])
  })

  it('may use the embedded database, in a folder that somebody chose', () => {
    expect(problemsOf({ ...production, DATABASE_URL: undefined, LIVERY_DATA_DIR: '/srv/livery' })).toEqual([])
  })

  it('names what is bad beside what is missing', () => {
    expect(named({ PORT: 'eighty', LIVERY_ORIGIN: 'example.com' }).toSorted()).toEqual(
      ['DATABASE_URL', 'LIVERY_MAIL_FROM', 'LIVERY_ORIGIN', 'LIVERY_SECRET', 'PORT', 'SMTP_URL'].toSorted(),
    )
  })

  it('speaks http to this machine alone', () => {
    expect(named({ ...production, LIVERY_ORIGIN: 'http://account.example.com' })).toEqual(['LIVERY_ORIGIN'])
    expect(problemsOf({ ...production, LIVERY_ORIGIN: 'http://livery.localhost:3000' })).toEqual([])
  })

  it('tells no secret in a refusal', () => {
    const told = problemsOf({ ...production, LIVERY_SECRET: 'hunter2', SMTP_URL: 'hunter2', DATABASE_URL: 'hunter2' })
    expect(told).toHaveLength(3)
    expect(told.join()).not.toContain('hunter2')
  })
})

describe.each([
  ['PORT', ['-1', '65536', '3000.5', 'x', '1e9']],
  ['LIVERY_MODE', ['prod', 'Production', 'debug']],
  ['LIVERY_SECRET', ['x', 'x'.repeat(31)]],
  ['LIVERY_HASH_CONCURRENCY', ['0', '65', 'all']],
  ['LIVERY_MAIL_FROM', ['nobody', 'a@b, c@d', 'Livery <a@b>', '"a"@b', 'a b@c', 'a@b\nBcc: c@d']],
  ['DATABASE_URL', ['mysql://x/y', '/var/run/postgresql', 'localhost']],
  ['SMTP_URL', ['http://mail', 'mail.example.com', 'file:///etc/passwd']],
  ['LIVERY_TRUSTED_PROXIES', ['proxy.example.com', '10.0.0.1;10.0.0.2', '10.0.0.0/', 'all']],
  [
    'LIVERY_ORIGIN',
    [
      'account.example.com',
      'https://account.example.com/path',
      'https://user@account.example.com',
      'https://account.example.com?x',
      'https://account.example.com#x',
      'ftp://account.example.com',
      'javascript:alert(1)',
      'https://127.0.0.1',
      'https://[::1]',
      'https://2130706433',
      'https://',
    ],
  ],
] as const)('%s', (name, values) => {
  it.each(values)('is not %j', (value) => {
    expect(named({ ...production, [name]: value })).toEqual([name])
  })
})

it.each([
  ['PORT', '8080', { port: 8080 }],
  ['PORT', '0', { port: 0 }],
  ['LIVERY_ORIGIN', 'https://Account.Example.com/', { origin: 'https://account.example.com' }],
  ['LIVERY_ORIGIN', 'https://account.example.com:8443', { origin: 'https://account.example.com:8443' }],
  ['LIVERY_TRUSTED_PROXIES', ' 10.0.0.0/8, ::1 ,', { trustedProxies: ['10.0.0.0/8', '::1'] }],
  ['LIVERY_HASH_CONCURRENCY', '4', { hashConcurrency: 4 }],
])('%s may be %s', (name, value, expected) => {
  expect(readSettings({ ...production, [name]: value })).toMatchObject(expected)
})

describe('demo and dev', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'livery-settings-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('need nothing, and are met where they listen', () => {
    for (const mode of ['demo', 'dev']) {
      const read = loadSettings({ LIVERY_MODE: mode, PORT: '4000', LIVERY_DATA_DIR: folder })
      expect(read).toMatchObject({ mode, origin: 'http://localhost:4000', databaseUrl: null, smtpUrl: null })
      expect(read.hashConcurrency).toBe(availableParallelism())
    }
  })

  it('make a secret of their own, once, for its owner alone', () => {
    const directory = join(folder, 'new')
    const { secret } = loadSettings({ LIVERY_MODE: 'demo', LIVERY_DATA_DIR: directory })
    expect(secret.length).toBeGreaterThanOrEqual(32)
    expect(loadSettings({ LIVERY_MODE: 'demo', LIVERY_DATA_DIR: directory }).secret).toBe(secret)
    expect(loadSettings({ LIVERY_MODE: 'demo', LIVERY_DATA_DIR: join(folder, 'other') }).secret).not.toBe(secret)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600)
  })
})

it('.env.example names every setting once, and what it shows can be read', () => {
  const names = [...envExample().matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(new Set(names).size).toBe(names.length)
  const schema = readFileSync(join(import.meta.dirname, 'settings.ts'), 'utf8').split('z.object(')[1] ?? ''
  const known = [...schema.matchAll(/^ {2}([A-Z_]+): /gm), ...Object.keys(smsSettings).map((name) => ['', name])]
    .map(([, name]) => name)
    .filter((name) => name !== 'LIVERY_MODE')
  expect(names.toSorted()).toEqual(known.toSorted())
  const shown = Object.fromEntries(
    [...envExample().matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  )
  expect(named({ ...shown, LIVERY_MODE: 'demo' })).toEqual([])
})
