// What an organization says differently, and what those below it inherit.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemActor as by } from '#core/authority'
import { listPublished, publish } from '#core/documents'
import { listen, withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { brand, buildBrands } from '#support/brands'
import { freshDatabase } from '#support/database'
import type { EmailTemplate } from './contract.ts'
import { prepareEmails, pushEmails, renderSample } from './index.ts'

freshDatabase()

/** Every process hears of a change a moment after it: asked before, it would say what it knew. */
let heard = 0
const whenHeard = async (change: Promise<unknown>) => {
  const before = heard
  await change
  await vi.waitUntil(() => heard > before, { timeout: 5000, interval: 5 })
}
beforeAll(async () => {
  await buildBrands()
  await renderSample('welcome', brand('skyway').id, 'en')
  await listen('documents', () => {
    heard += 1
  })
})

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livery-emails-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (files: Record<string, unknown>) => {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, 'emails', path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
}

const push = async (handle: string, files: Record<string, unknown>) => {
  rmSync(join(folder, 'emails'), { recursive: true, force: true })
  write(files)
  const prepared = await prepareEmails(folder)
  const before = heard
  const pushed = await withOrganization(brand(handle).id, (tx) => pushEmails(tx, by, prepared))
  await vi.waitUntil(() => heard >= before + pushed.changed, { timeout: 5000, interval: 5 })
  return pushed
}

const store = (handle: string, name: string, body: unknown) =>
  whenHeard(withOrganization(brand(handle).id, (tx) => publish(tx, by, 'email', name, body)))

const say = async (handle: string, template: EmailTemplate = 'welcome', locale = 'en') => {
  const email = await renderSample(template, brand(handle).id, locale)
  if (!email) throw new Error('no such email')
  return email
}

describe('the sample world', () => {
  it('lets Pacifica speak for itself, and Lisbon with its words under its own name and colour', async () => {
    const [pacifica, lisbon, alpine] = [await say('pacifica'), await say('pacifica-lisbon'), await say('alpine')]
    expect(pacifica.subject).toBe('A room that knows you')
    expect(lisbon.subject).toBe('A room that knows you')
    expect(alpine.subject).toBe('Welcome to Alpine Air')
    expect(lisbon.text).toContain('Your account at Pacifica Lisbon is ready.')
    expect([lisbon.html.includes('#1d4c9b'), lisbon.html.includes('#0e4f52')]).toEqual([true, false])
    expect([pacifica.html.includes('#0e4f52'), pacifica.html.includes('#1d4c9b')]).toEqual([true, false])
  })

  it('has Pacifica’s own drawing of the welcome, the logo above the picture, at Lisbon too', async () => {
    const isLogoFirst = ({ html }: { html: string }) => html.indexOf('/wordmark-') < html.indexOf('/art-band-')
    expect(isLogoFirst(await say('pacifica'))).toBe(true)
    expect(isLogoFirst(await say('pacifica-lisbon', 'welcome', 'pt'))).toBe(true)
    expect(isLogoFirst(await say('pacifica', 'password-changed'))).toBe(false)
    expect(isLogoFirst(await say('alpine'))).toBe(false)
  })

  it.each([
    ['pt', 'Um quarto que já o conhece'],
    ['de', 'Ein Zimmer, das Sie kennt'],
    ['ar', 'غرفة تعرفك'],
  ])('is told in %s', async (locale, subject) => {
    expect((await say('pacifica', 'welcome', locale)).subject).toBe(subject)
    expect((await say('pacifica', 'recover-password', locale)).subject).not.toBe(
      (await say('alpine', 'recover-password', locale)).subject,
    )
  })
})

describe('part by part', () => {
  it('the nearest organization wins, and null takes a part back to the built-in one', async () => {
    await push('alpine', {})
    await push('skyway', {
      'password-changed/en.json': {
        subject: 'Skyway: {organization}',
        words: { title: 'From above', action: 'Above' },
      },
    })
    const inherited = await say('alpine', 'password-changed')
    expect(inherited.subject).toBe('Skyway: Alpine Air')
    expect(inherited.text).toContain('From above')
    await push('alpine', { 'password-changed/en.json': { subject: null, words: { title: 'From here' } } })
    const own = await say('alpine', 'password-changed')
    expect(own.subject).toBe('Your password at Alpine Air was changed')
    expect(own.text).toContain('From here')
    expect(own.text).not.toContain('From above')
    expect(own.text).toContain('Above')
    // Another language is another matter.
    expect((await say('alpine', 'password-changed', 'de')).subject).toBe('Ihr Passwort bei Alpine Air wurde geändert')
    await push('alpine', {})
    await push('skyway', {})
    expect((await say('alpine', 'password-changed')).text).toContain('Your password was changed')
  })

  it('so it is with drawings', async () => {
    const drawing = (word: string) => `<mj-text>${word}</mj-text><part name="action" />`
    await push('skyway', { 'second-step-added.mjml': drawing('Drawn above') })
    expect((await say('alpine', 'second-step-added')).html).toContain('Drawn above')
    await push('alpine', { 'second-step-added.mjml': drawing('Drawn here') })
    const drawn = await say('alpine', 'second-step-added')
    expect(drawn.html).toContain('Drawn here')
    expect(drawn.text).toContain('Drawn here')
    expect((await say('sahel', 'second-step-added')).html).toContain('Drawn above')
    await store('alpine', 'second-step-added', { mjml: null })
    const back = await say('alpine', 'second-step-added')
    expect(back.html).not.toContain('Drawn')
    expect(back.text).toContain('Second step added')
    await push('skyway', {})
    await push('alpine', {})
  })

  it('and with the plain text part, which otherwise follows from the drawing', async () => {
    await push('alpine', { 'welcome.txt': 'Hallo {{name}}\n{{words.lead}}\n{{link}}\n' })
    const { html, text } = await say('alpine')
    expect(text).toMatch(/^Hallo Mara\nYour account is ready[^\n]*\nhttp:\/\/localhost:3000\/o\/alpine\/sign-in\n$/)
    expect(html).toContain('Welcome to Alpine Air')
    await push('alpine', {})
  })
})

describe('pushing a folder', () => {
  const documents = (handle: string) => withOrganization(brand(handle).id, (tx) => listPublished(tx, 'email'))

  it('changes what changed, and nothing the second time', async () => {
    const files = {
      'welcome/en.json': { words: { title: 'Hello', lead: 'Good to have you' } },
      'welcome.mjml': '<part name="action" />',
    }
    expect(await push('alpine', files)).toEqual({ changed: 2 })
    expect(await push('alpine', files)).toEqual({ changed: 0 })
    expect(await push('alpine', { ...files, 'welcome/de.json': { subject: 'Hallo' } })).toEqual({ changed: 1 })
    expect(await push('alpine', { 'welcome/de.json': { subject: 'Hallo' } })).toEqual({ changed: 2 })
    expect((await say('alpine')).subject).toBe('Welcome to Alpine Air')
    expect(await push('alpine', {})).toEqual({ changed: 1 })
  })

  it('is refused whole, with every mistake', async () => {
    const before = await documents('alpine')
    const pushed = push('alpine', {
      'welcome/en.json': { words: { title: 'Fine', nonsense: 'x' } },
      'welcome/english.json': {},
      'welcome/de.json': '{ not json',
      'recover-password.mjml': '<mj-text><script>alert(1)</script></mj-text>',
      'nothing.mjml': '',
    })
    const failure = await pushed.then(
      () => null,
      (error: unknown) => error,
    )
    expect(isFailure(failure, 'emails.invalid')).toBe(true)
    const problems = isFailure(failure)
      ? (failure.data?.problems as { code: string; at: string; message: string }[])
      : []
    expect(problems.map(({ code, at }) => `${code} ${at}`).toSorted()).toEqual([
      'emails.file emails/nothing.mjml',
      'emails.file emails/welcome/english.json',
      'emails.json emails/welcome/de.json',
      'emails.markup emails/recover-password.mjml',
      'texts.unknown_key emails/welcome/en.json',
    ])
    for (const { message } of problems) expect(message).toMatch(/emails\//)
    expect(await documents('alpine')).toEqual(before)
  })

  it('follows no link out of the folder', async () => {
    mkdirSync(join(folder, 'emails', 'welcome'), { recursive: true })
    symlinkSync('/etc/hostname', join(folder, 'emails', 'welcome', 'en.json'))
    symlinkSync('/etc/hostname', join(folder, 'emails', 'welcome.mjml'))
    const { documents: read, problems } = await prepareEmails(folder)
    expect([...read.keys()]).toEqual([])
    expect(problems.map(({ code }) => code)).toEqual(['emails.file', 'emails.file'])
  })

  it('of a brand without emails says nothing', async () => {
    expect(await prepareEmails('sahel')).toEqual({ documents: new Map(), problems: [] })
    await expect(prepareEmails('nobody')).rejects.toMatchObject({ code: 'emails.unknown_folder' })
  })
})

describe('what is stored is not believed', () => {
  it('a drawing that came past the checks is not used: the built-in one is', async () => {
    const mjml = '<mj-text><script>alert(1)</script></mj-text><part name="action" />'
    await store('sahel', 'welcome', { mjml })
    const { html, text } = await say('sahel')
    expect(html).not.toContain('<script')
    expect(text).toContain('Welcome to Sahel Rail')
  })

  it('and a document of another form is left out', async () => {
    await store('sahel', 'welcome', { mjml: { type: 'Program' } })
    await store('sahel', 'welcome/en', ['x'])
    expect((await say('sahel')).text).toContain('Welcome to Sahel Rail')
  })
})
