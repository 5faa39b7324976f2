// From the outbox to whoever is written to, through good and bad days of the mail server.

import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { loadDirectory } from '#core/organizations'
import { days, fromNow, minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { settings } from '#platform/env'
import { forgetProcessState, processState } from '#platform/process'
import { freshDatabase } from '#support/database'
import {
  deliverAll,
  order,
  row,
  serve,
  somebody,
  stops,
  throughServer,
  to,
  withBrandsAndNoMail,
} from '#support/mailing'
import type { EmailTemplate } from './contract.ts'
import { listMail, tidy } from './index.ts'
import { renderEmail } from './render.ts'

// Counted, and otherwise itself.
vi.mock('./render.ts', async (original) => {
  const module = await original<typeof import('./render.ts')>()
  return { ...module, renderEmail: vi.fn(module.renderEmail) }
})

freshDatabase()
withBrandsAndNoMail()

describe('a mail', () => {
  it('tells what administrators ordered it to tell: the link and not the code, and nothing it was not made for', async () => {
    const person = await somebody('alpine')
    const at = '2026-05-14T20:42:00.000Z'
    const expiresAt = '2026-05-15T20:42:00.000Z'
    const by = 'Noor Haddad'
    const roles = [{ key: 'auditor', name: null }]
    const data = { at, by, expiresAt, inviter: by, kind: 'staff', roles, message: 'See you.', email: 'new@example.com' }
    const told: [EmailTemplate, object, string[]][] = [
      [
        'invitation',
        { email: 'mara@example.com' },
        [by, 'Auditor', 'See you.', '15 May 2026', '/invitation?ticket=a-secret'],
      ],
      ['invitation-request', to(person), ['new@example.com', '/sign-in']],
      ['account-created', to(person), [by, '15 May 2026', '/reset?ticket=a-secret']],
      ['password-reset-by-administrator', to(person), [by, '14 May 2026', '15 May 2026', '/reset?ticket=a-secret']],
      ['second-step-reset-by-administrator', to(person), [by, '14 May 2026', '/sign-in']],
      ['sign-up-approved', to(person), ['/sign-in']],
      ['sign-up-declined', { email: 'mara@example.com', name: 'Mara' }, ['Hello Mara,']],
      ['business-invitation', { email: 'mara@example.com' }, [by, 'See you.', '15 May 2026', '/start?ticket=a-secret']],
      ['business-approved', to(person), ['Alpine Air is ready', '/sign-in']],
      ['business-declined', { email: 'mara@example.com', name: 'Mara' }, ['Hello Mara,']],
    ]
    for (const [template, recipient, words] of told) {
      await order({ template, to: recipient, data: { ...data, invitationId: 'inv_x', organizationId: 'org_x' } })
      await deliverAll()
      const [mail] = await listMail({ limit: 1 })
      expect(mail?.template).toBe(template)
      for (const word of words) expect(mail?.text, template).toContain(word)
      expect(`${mail?.subject}${mail?.html}${mail?.text}`, template).not.toMatch(/482913|inv_x|org_x/)
    }
    const unsealed = await order({ template: 'invitation', data, sealed: undefined })
    await deliverAll()
    expect(await row(unsealed)).toMatchObject({ status: 'dead', last_error: 'link unreadable' })
  })

  it('arrives with what a mail of its kind carries, at one recipient', async () => {
    const server = await serve()
    const person = await somebody('alpine')
    const id = await order({ template: 'recover-password', to: to(person) })
    await deliverAll(throughServer(server.url))
    expect(await row(id)).toMatchObject({ status: 'done', attempts: 1 })
    const [{ mail, from, recipients }] = server.accepted as [(typeof server.accepted)[0]]
    expect({ from, recipients }).toEqual({ from: settings().mailFrom, recipients: [person.email] })
    expect(mail.from?.value).toEqual([{ name: 'Alpine Air', address: settings().mailFrom }])
    expect(mail.to).toMatchObject({ value: [{ name: 'Mara Lind', address: person.email }] })
    expect(mail.subject).toBe('Reset your password at Alpine Air')
    expect(mail.messageId).toBe(`<${id}@localhost>`)
    expect(mail.date).toBeInstanceOf(Date)
    const header = (name: string) => mail.headers.get(name)
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(header('x-auto-response-suppress')).toBe('All')
    expect(header('x-entity-ref-id')).toBe(id)
    expect(mail.headers.has('list-unsubscribe')).toBe(false)
    expect(mail.text).toContain('482913')
    expect(mail.text).toContain('\nhttp://localhost:3000/o/alpine/reset?ticket=a-secret-of-a-link\n')
    expect(mail.html).toContain('482913')
    expect(mail.text).toContain('It works for 30 minutes.')
  })

  it('without a mail server goes into the mailbox, once', async () => {
    const first = await order()
    await deliverAll()
    const second = await order({
      template: 'welcome',
      handle: 'sahel',
      locale: 'ar',
      to: { email: 'yara@example.com' },
    })
    await deliverAll()
    const mails = await listMail()
    expect(mails.map(({ to: recipient, organization, template }) => ({ recipient, organization, template }))).toEqual([
      { recipient: 'yara@example.com', organization: 'sahel', template: 'welcome' },
      { recipient: 'mara@example.com', organization: 'alpine', template: 'verify-email' },
    ])
    expect(await listMail({ to: ' Mara@Example.com ' })).toHaveLength(1)
    expect(await listMail({ to: 'nobody@example.com' })).toEqual([])
    expect(await listMail({ limit: 1 })).toHaveLength(1)
    const [newest] = mails
    expect(newest).toMatchObject({ from: `Sahel Rail <${settings().mailFrom}>` })
    expect(newest?.headers).toMatchObject({ 'Message-ID': `<${second}@localhost>`, 'X-Entity-Ref-ID': second })
    expect(Date.parse(newest?.at ?? '')).toBeGreaterThan(0)
    expect(await row(first)).toMatchObject({ status: 'done' })
  })

  it('is kept in the mailbox for a week', async () => {
    await order()
    await deliverAll()
    setClockForTests(days(6))
    await tidy()
    expect(await listMail()).toHaveLength(1)
    setClockForTests(days(8))
    await tidy()
    expect(await listMail()).toEqual([])
  })

  it('says for how long the code works from now on', async () => {
    await order({ options: { expiresAt: fromNow(minutes(30)) } })
    setClockForTests(minutes(18))
    await deliverAll()
    expect((await listMail())[0]?.text).toContain('It works for 12 minutes.')
  })

  it.each([
    ['the page’s language for somebody new', { locale: 'de' }, 'Ihre Registrierung bei Alpine Air'],
    ['the first language where the page’s is not offered', { locale: 'pt' }, 'Your sign-up at Alpine Air'],
  ])('is in %s', async (_, wish, subject) => {
    await order(wish)
    await deliverAll()
    expect((await listMail())[0]?.subject).toBe(subject)
  })

  it('about the safety of an account is in its owner’s language, whoever caused it', async () => {
    const person = await somebody('alpine', { locale: 'ar' })
    await order({ template: 'welcome', to: to(person), locale: 'de' })
    await order({ template: 'password-changed', to: to(person), locale: 'de' })
    await deliverAll()
    const subjects = (await listMail()).map(({ subject }) => subject).toSorted()
    expect(subjects).toEqual(['Willkommen bei Alpine Air', 'تم تغيير كلمة مرورك لدى Alpine Air'].toSorted())
  })
})

describe('the links of a mail', () => {
  const linkOf = async () => /^http\S+$/m.exec((await listMail())[0]?.text ?? '')?.[0]
  const withOrigin = (origin: string) => {
    const before = settings()
    forgetProcessState('settings')
    processState('settings', () => ({ ...before, origin }))
    stops.push(() => {
      forgetProcessState('settings')
      processState('settings', () => before)
    })
  }

  it.each([
    ['path', { form: 'path' }, 'http://localhost:3000/o/alpine/verify?ticket=a-secret-of-a-link'],
    ['name', { form: 'name' }, 'http://alpine.localhost:3000/verify?ticket=a-secret-of-a-link'],
    [
      'own domain',
      { form: 'domain', host: 'account.alpine.localhost' },
      'http://account.alpine.localhost:3000/verify?ticket=a-secret-of-a-link',
    ],
    [
      'path, where a domain was given up',
      { form: 'domain', host: 'gone.example' },
      'http://localhost:3000/o/alpine/verify?ticket=a-secret-of-a-link',
    ],
  ])('lead back by the %s', async (_, address, link) => {
    await order({ address })
    await deliverAll()
    expect(await linkOf()).toBe(link)
  })

  it('follow the origin as it is when the mail goes out', async () => {
    await order()
    withOrigin('https://account.skyway.example')
    await deliverAll()
    expect(await linkOf()).toBe('https://account.skyway.example/o/alpine/verify?ticket=a-secret-of-a-link')
  })
})

describe('a decoy', () => {
  it('does the work of a real one and reaches nobody', async () => {
    const server = await serve()
    const person = await somebody('alpine')
    const render = vi.mocked(renderEmail)
    render.mockClear()
    const real = await order({ template: 'recover-password', to: to(person) })
    await deliverAll(throughServer(server.url))
    const decoy = await order({ template: 'recover-password', to: { email: 'nobody@example.com' }, decoy: true })
    await deliverAll(throughServer(server.url))
    expect([await row(real), await row(decoy)]).toMatchObject([{ status: 'done' }, { status: 'done' }])
    expect(server.accepted.map(({ recipients }) => recipients)).toEqual([[person.email]])
    // Rendered as often, and to a mail as large.
    expect(render).toHaveBeenCalledTimes(2)
    const [mine, theirs] = await Promise.all(render.mock.results.map(({ value }) => value))
    expect(Math.abs(mine.html.length - theirs.html.length)).toBeLessThan(100)
  })
})

describe('names that mean harm', () => {
  it('stay names, or are left out', async () => {
    const server = await serve()
    const person = await somebody('alpine')
    await withOrganization(person.homeId, (tx) =>
      sql`update people set given_name = ${'Mara\r\nBcc: evil@example.com'}, family_name = ${'<b>"Lind", evil@example.com'}
          where id = ${person.id}`.execute(tx.sql),
    )
    await withPlatform((tx) =>
      sql`update organizations set name = ${'Alpine\r\nReply-To: evil@example.com <b>'} where handle = 'alpine'`.execute(
        tx.sql,
      ),
    )
    await loadDirectory()
    await order({ template: 'password-changed', to: to(person), data: { device: '<script>\r\nX-Evil: 1' } })
    await deliverAll(throughServer(server.url))
    await withPlatform((tx) =>
      sql`update organizations set name = 'Alpine Air' where handle = 'alpine'`.execute(tx.sql),
    )
    await loadDirectory()
    expect(server.accepted).toHaveLength(1)
    const [{ mail, recipients }] = server.accepted as [(typeof server.accepted)[0]]
    expect(recipients).toEqual([person.email])
    expect(mail.to).toMatchObject({ value: [{ name: '', address: person.email }] })
    expect(mail.from?.value).toHaveLength(1)
    expect(mail.from?.value[0]?.address).toBe(settings().mailFrom)
    expect(mail.from?.value[0]?.name).not.toMatch(/[\r\n]/)
    expect([...mail.headers.keys()].toSorted()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
      'x-entity-ref-id',
    ])
    expect(mail.html).not.toMatch(/<b>|<script/)
  })
})
