// Every email of every brand in every language, as it would be sent.

import { beforeAll, describe, expect, it } from 'vitest'
import { addressOf } from '#core/organizations'
import { directionOf } from '#core/texts'
import { builtInLocales } from '#core/texts/contract'
import { resolve } from '#core/themes'
import { organizations } from '#demo/world'
import { brand, buildBrands } from '#support/brands'
import { freshDatabase } from '#support/database'
import { definitions, type EmailTemplate, emailTemplates } from './contract.ts'
import { type Message, renderEmail } from './render.ts'
import { renderSample } from './sample.ts'
import { builtIn } from './templates.ts'

freshDatabase()
let handles: string[] = []
beforeAll(async () => {
  handles = await buildBrands()
})

const everything = emailTemplates.flatMap((template) =>
  builtInLocales.map((locale): [EmailTemplate, string] => [template, locale]),
)

const render = async (template: EmailTemplate, handle: string, locale: string) => {
  const email = await renderSample(template, brand(handle).id, locale)
  if (!email) throw new Error(`${template} of ${handle} is missing`)
  return email
}

const unescaped = (html: string) =>
  html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'")
const kilobytes = (text: string) => Buffer.byteLength(text) / 1024

describe.each(everything)('%s in %s', (template, locale) => {
  it('is whole, in both parts, for every brand', async () => {
    for (const handle of handles) {
      const organization = brand(handle)
      const { subject, html, text } = await render(template, handle, locale)
      const { sample } = builtIn().templates[template]
      const about = `${template} ${handle} ${locale}`
      for (const part of [subject, html, text]) {
        expect(part, about).not.toMatch(/\{\{|\}\}(?!$|[^}]*<\/style>)|\bundefined\b|\[object|#fe1a/)
        expect(part.trim(), about).not.toBe('')
      }
      expect(subject, about).not.toMatch(/[{}\n]/)
      expect(text, about).not.toMatch(/[<>{}]|&[a-z]+;|\n{3}/)
      expect(kilobytes(html), about).toBeLessThan(100)
      expect(html, about).toMatch(`<html lang="${locale}" dir="${directionOf(locale)}"`)
      expect(html, about).toContain('<meta name="color-scheme" content="light dark">')
      expect(html, about).toContain('@media (prefers-color-scheme:dark)')
      // The organization says who it is, in both parts and also where pictures are off.
      expect(unescaped(html), about).toContain(`alt="${organization.name}"`)
      expect(text, about).toContain(organization.name)
      const postal = (await resolve(organization.id)).contact.postalAddress ?? ''
      expect(text, about).toContain(postal)
      // The address under the button is the button's.
      const { origin, base } = addressOf(
        organization,
        organization.parentId === null ? { form: 'root' } : { form: 'path' },
      )
      const { leadsTo } = definitions[template]
      if (leadsTo === null) {
        expect(html, about).not.toContain('mail-button')
        continue
      }
      const link = `${origin}${base}/${leadsTo}${sample.ticket ? `?ticket=${sample.ticket}` : ''}`
      expect(unescaped(html).split(`href="${link}"`).length - 1, about).toBe(2)
      expect(unescaped(html), about).toContain(`>${link}<`)
      expect(text.split('\n'), about).toContain(link)
    }
  })

  it('shows nothing that comes from elsewhere, and every picture with its size', async () => {
    for (const handle of handles) {
      const { html } = await render(template, handle, locale)
      const site = unescaped(html)
      const { origin } = addressOf(brand(handle), { form: 'root' })
      const sources = [...site.matchAll(/<img\b[^>]*>/g)].map(([tag]) => tag)
      expect(sources.length).toBeGreaterThan(1)
      for (const tag of sources) {
        expect(tag).toMatch(
          new RegExp(
            `src="${origin}(?:/o/${handle})?/assets/[\\w-]{12}/(?:wordmark|art-band|art)-(?:light|dark)-\\d+\\.png"`,
          ),
        )
        expect(tag).toMatch(/ width="\d+"/)
        expect(tag).toMatch(/ height="\d+"/)
        expect(tag).toMatch(/ alt="/)
      }
      for (const [, address = ''] of site.matchAll(/url\(([^)]*)\)/g))
        expect(address).toMatch(new RegExp(`^${origin}/assets/fonts/`))
      expect(site).not.toMatch(/<script|<iframe|<form|<link|javascript:|\bon\w+=/i)
    }
  })

  it('names no organization that is not above it', async () => {
    for (const handle of handles) {
      const own = brand(handle)
      const { subject, html, text } = await render(template, handle, locale)
      const strangers = organizations.filter(
        ({ handle: other }) => other !== handle && !(own.ancestors.length > 2 && other === 'pacifica'),
      )
      for (const { name, handle: other } of strangers) {
        for (const part of [subject, html, text]) expect(part).not.toContain(name)
        expect(html).not.toContain(`/o/${other}/`)
      }
    }
  })
})

const colorsIn = (html: string) => {
  const rules = new Map(
    [
      ...(/@media \(prefers-color-scheme:dark\)\{(.*?\})\}/.exec(html)?.[1] ?? '').matchAll(
        /\.(mail-[cbl]\d+)\{([^}]*)\}/g,
      ),
    ].map(([, name = '', rule = '']) => [name, rule]),
  )
  const tags = [
    ...html.replace(/<!--\[if mso[\s\S]*?<!\[endif\]-->/g, '').matchAll(/<[a-z][^>]*style="[^"]*"[^>]*>/g),
  ].map(([tag]) => tag)
  return { rules, tags }
}

it('says for every colour of a brand what it is on a dark device', async () => {
  for (const handle of handles) {
    const { colors } = await resolve(brand(handle).id)
    const light = new Set(Object.values(colors).map((pair) => pair.light))
    for (const template of emailTemplates) {
      const { rules, tags } = colorsIn((await render(template, handle, 'en')).html)
      expect(rules.size).toBeGreaterThan(4)
      for (const tag of tags) {
        const [, style = ''] = /style="([^"]*)"/.exec(tag) ?? []
        // The preheader is never seen.
        if (style.startsWith('display:none;font-size:1px')) continue
        const shown = style
          .split(';')
          .filter(
            (one) =>
              /^(?:color|background|background-color|border[a-z-]*):/.test(one) &&
              [...light].some((color) => one.includes(color)),
          )
        const classes = (/class="([^"]*)"/.exec(tag)?.[1] ?? '').split(' ').filter((name) => rules.has(name))
        const kinds = new Set(
          shown.map((one) => (one.startsWith('color') ? 'c' : one.startsWith('background') ? 'b' : 'l')),
        )
        expect(classes.map((name) => name[5]).toSorted(), tag).toEqual([...kinds].toSorted())
      }
    }
  }
})

it('the code is in the first words of both parts, and can be selected as one', async () => {
  for (const template of emailTemplates.filter((name) => definitions[name].hasCode)) {
    for (const locale of builtInLocales) {
      const { html, text } = await render(template, 'sahel', locale)
      expect(text.split('\n')[0]).toContain('482913')
      expect(text.split('\n')).toContain('482913')
      const words = html.replace(/[\s\S]*<body/, '').replace(/<!--[\s\S]*?-->|<[^>]*>/g, ' ')
      expect(words.trim().slice(words.indexOf('>') + 1, 80)).toContain('482913')
      expect(html).toMatch(/<span dir="ltr"[^>]*>482913<\/span>/)
      expect(html + text).not.toMatch(/\u2068482913/)
    }
  }
})

it('sign-up says the same on the outside, whether there was an account or not', async () => {
  for (const handle of handles) {
    for (const locale of builtInLocales) {
      const [fresh, taken] = [
        await render('verify-email', handle, locale),
        await render('account-exists', handle, locale),
      ]
      expect(taken.subject).toBe(fresh.subject)
      expect(taken.html + taken.text).not.toContain('482913')
      expect(taken.text).toMatch(/\/sign-in\n/)
      expect(taken.text).toMatch(/\/recover\n/)
    }
  }
})

describe('somebody who means harm', () => {
  const hostile: Message = {
    email: 'mara@example.com',
    name: '<b>Mara</b>{{code}}{link}\r\nBcc: evil@example.com',
    code: '482913',
    ticket: '"><script>alert(1)</script>{{name}}',
    minutes: 30,
    at: new Date(0),
    userAgent: '<img src=x onerror=alert(1)> Firefox/1 Windows',
    by: '<script>alert(2)</script>',
    inviter: 'evil.example {{link}}\r\nBcc: evil@example.com',
    invitee: '<u>x</u>@example.com\r\nBcc: evil@example.com',
    isStaff: true,
    roles: [
      { key: 'constructor', name: null },
      { key: null, name: '<b>Boss</b> {{code}} https://evil.example\nBcc: x' },
    ],
    words: '<script>alert(3)</script>{{link}} {code}\r\nBcc: evil@example.com www.evil.example evil@evil.example',
    until: new Date(0),
  }
  it.each(emailTemplates)('reaches nothing in %s', async (template) => {
    const organization = { ...brand('alpine'), name: `<i>A&B"'</i> {{name}} {code}` }
    const { subject, html, text } = await renderEmail(
      template,
      organization,
      addressOf(brand('alpine'), { form: 'path' }),
      'en',
      hostile,
    )
    expect(html).not.toMatch(/<b>Mara|<i>A|<script>alert|onerror=alert/)
    expect(html).toContain('&lt;i&gt;A&amp;B')
    expect(text).toContain(`<i>A&B"'</i> {{name}} {code}`)
    // Said as it is, not filled in a second time.
    expect(subject + html + text).toContain('{code}')
    expect(html + text).not.toContain('Mara')
    expect(subject).not.toMatch(/[\r\n]/)
    for (const line of text.split('\n')) expect(line).not.toMatch(/^Bcc/)
    expect(html).not.toMatch(/<b>Boss|<u>/)
    // What somebody wrote is nowhere an address.
    expect(html + text).not.toMatch(/evil\.example|@evil/)
    const { hasLink, hasCode, isSecurity } = definitions[template]
    if (!hasCode) expect(subject + html + text).not.toContain('482913')
    if (hasLink) expect(text).toContain(`/o/alpine/${definitions[template].leadsTo}?ticket=%22%3E%3Cscript%3E`)
    if (isSecurity) expect(text).toContain('Firefox on Windows')
  })

  it.each([
    ['en', 'Owner and Ramp office'],
    ['de', 'Volle Verantwortung und Ramp office'],
    ['pt', 'Proprietário e Ramp office'],
    ['ar', 'مالك وRamp office'],
  ])('an invitation names roles in %s, who invites, as what, and shows no code', async (locale, roles) => {
    const invited = async (more: Partial<Message>) =>
      (
        await renderEmail('invitation', brand('alpine'), addressOf(brand('alpine'), { form: 'path' }), locale, {
          email: 'mara@example.com',
          name: null,
          ticket: 'a-ticket',
          code: '482913',
          until: new Date('2026-05-21T20:42:00Z'),
          ...more,
        })
      ).text
    const own = { key: null, name: 'Ramp office' }
    const full = await invited({
      inviter: 'Noor Haddad',
      isStaff: true,
      roles: [{ key: 'owner', name: null }, own],
      words: 'See you\non Monday.',
    })
    for (const said of [roles, 'Noor Haddad', ': See you on Monday.', '/invitation?ticket=a-ticket'])
      expect(full).toContain(said)
    expect(full).not.toContain('482913')
    // One row to a line, whatever is there to be told.
    expect(full).toMatch(/\n\n[^\n]+: [^\n]+\n[^\n]+: [^\n]+\n[^\n]+: [^\n]+\n\n/)
    const bare = await invited({ inviter: null })
    expect(bare).not.toContain('Noor')
    expect(bare.split('\n').filter((line) => /^[^:.?]+: /.test(line))).toHaveLength(1)
  })

  it('a name that fits a form is said, one that reads like an advertisement is not', async () => {
    const place = addressOf(brand('alpine'), { form: 'path' })
    const greeted = async (name: string) =>
      (await renderEmail('welcome', brand('alpine'), place, 'en', { ...hostile, name })).text
    expect(await greeted('Sørensen-O’Neil')).toContain('Hello Sørensen-O’Neil,')
    expect(await greeted('win.example.com')).not.toContain('Hello')
    expect(await greeted('')).not.toContain('Hello')
  })
})
