import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import type { ReceivedMail } from '#core/emails/contract'
import { mailboxPage } from './mailbox.ts'

const mail = (id: string, more: Partial<ReceivedMail> = {}): ReceivedMail => ({
  id,
  kind: 'email',
  to: 'mara@example.com',
  from: 'Alpine Air <no-reply@localhost>',
  subject: `Mail ${id}`,
  text: 'Hello',
  html: '<!doctype html><html><head><title>x</title></head><body style="color:red"><a href="https://a.example/?a=1&b=2">go</a></body></html>',
  headers: { 'Message-ID': `<${id}@localhost>` },
  organization: 'alpine',
  template: 'welcome',
  at: '2026-05-14T20:42:00.000Z',
  ...more,
})

type Element = { name: string; attributes: Record<string, string> }
const elementsOf = (html: string): Element[] => {
  const found: Element[] = []
  const parser = new Parser({ onopentag: (name, attributes) => found.push({ name, attributes: { ...attributes } }) })
  parser.end(html)
  return found
}
const all = (html: string, name: string) => elementsOf(html).filter((element) => element.name === name)

describe('the mailbox', () => {
  const mails = [mail('mai_2'), mail('mai_1')]

  it('lists what there is in the given order, each with a link of its own', () => {
    const { html } = mailboxPage(mails, { to: null, id: null })
    const links = all(html, 'a').map(({ attributes }) => attributes.href)
    expect(links).toEqual(['/dev/mail?id=mai_2', '/dev/mail?id=mai_1'])
    expect(all(html, 'iframe')).toEqual([])
    expect(html).toContain('<time datetime="2026-05-14T20:42:00.000Z">14 May, 20:42</time> · alpine · welcome')
  })

  it('shows one mail in a frame in which nothing runs, exactly as it was sent', () => {
    const { html } = mailboxPage(mails, { to: 'mara@example.com', id: 'mai_1' })
    const [frame] = all(html, 'iframe')
    expect(html).toContain('14 May 2026, 20:42:00 UTC')
    expect(frame?.attributes.sandbox).not.toMatch(/allow-(?:scripts|same-origin|top-navigation|forms)/)
    expect(frame?.attributes.srcdoc).toBe(mail('mai_1').html.replace('<head>', '<head><base target="_blank">'))
    const current = all(html, 'a').filter(({ attributes }) => attributes['aria-current'])
    expect(current.map(({ attributes }) => attributes.href)).toEqual(['/dev/mail?to=mara%40example.com&id=mai_1'])
  })

  it('shows a short message by its words, without a frame', () => {
    const text = '482913 is your code.\n\n@alpine.example #482913'
    const sms = mail('mai_1', { kind: 'sms', to: '+4915112345678', from: '', subject: '', html: '', headers: {}, text })
    const { html } = mailboxPage([sms], { to: '+4915112345678', id: 'mai_1' })
    expect(all(html, 'iframe')).toEqual([])
    expect(html).toContain(`<pre dir="auto">${text}</pre>`)
    expect(html).toContain('<strong dir="auto">482913 is your code.</strong>')
    expect(all(html, 'a').map(({ attributes }) => attributes.href)).toContain('/dev/mail?to=%2B4915112345678&id=mai_1')
  })

  it('says what to do where there is nothing', () => {
    expect(mailboxPage([], { to: null, id: null }).html).toContain('No mail yet.')
    expect(mailboxPage([], { to: 'a@b.example', id: 'mai_9' }).html).toContain('No mail to a@b.example yet.')
  })

  it('stays a list where the mail is gone', () => {
    expect(all(mailboxPage(mails, { to: null, id: 'mai_9' }).html, 'iframe')).toEqual([])
  })

  it('shows everything that came as words', () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`
    const hostile = mail('mai_1', {
      to: evil,
      from: evil,
      subject: evil,
      text: evil,
      headers: { [evil]: evil },
      organization: evil,
      template: evil,
    })
    const { html } = mailboxPage([hostile], { to: evil, id: 'mai_1' })
    expect(all(html, 'script')).toEqual([])
    expect(all(html, 'img')).toEqual([])
    for (const { attributes } of elementsOf(html)) {
      expect(Object.keys(attributes).filter((name) => name.startsWith('on'))).toEqual([])
    }
  })

  it('needs no script, no style of a single element, and loads nothing of its own', () => {
    const { html, policy } = mailboxPage(mails, { to: null, id: 'mai_1' })
    expect(all(html, 'script').length + all(html, 'link').length).toBe(0)
    expect(all(html, 'style')).toHaveLength(1)
    expect(elementsOf(html).filter(({ attributes }) => 'style' in attributes)).toEqual([])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('script-src')
  })
})
