import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { sampleSiteOf } from '../tests/gallery/base-site.ts'
import { explain } from './explain.tsx'

const site = sampleSiteOf('en')
const html = (node: Parameters<typeof renderToStaticMarkup>[0]) => renderToStaticMarkup(node)
const labels = { username: 'Email', password: 'Password', code: 'Six-digit code' }

describe('explain', () => {
  test('nothing failed, nothing to say', () => {
    expect(explain(site, null, labels)).toBeNull()
    expect(explain(site, undefined, labels)).toBeNull()
  })

  test('wrong credentials mark both fields and tell neither which', () => {
    const explained = explain(site, { code: 'login.wrong_credentials' }, labels)
    expect(explained?.marked).toEqual(['username', 'password'])
    expect(explained?.messages).toEqual({})
    expect(html(explained?.summary)).toContain('href="/recover"')
  })

  test('a field that is wrong has its message, and the alert leads to it', () => {
    const explained = explain(site, { code: 'input.missing', field: 'password' }, labels)
    expect(html(explained?.messages.password)).toBe('Fill this in.')
    expect(html(explained?.summary)).toContain('<a href="#password">Password</a>')
    expect(explained?.marked).toEqual(['password'])
  })

  test('a field that is not on the page is left to the alert', () => {
    const explained = explain(site, { code: 'input.missing', field: 'elsewhere' }, labels)
    expect(explained?.messages).toEqual({})
    expect(explained?.marked).toEqual([])
    expect(html(explained?.summary)).toBe('Fill this in.')
  })

  test('a code without words still says something', () => {
    expect(html(explain(site, { code: 'nobody.knows' }, labels)?.summary)).toContain('Something went wrong.')
  })

  test('waiting time is rounded up and never zero', () => {
    const now = Date.parse('2026-11-24T12:00:00Z')
    const said = (retryAt: string) =>
      html(explain(site, { code: 'login.too_many_tries', retryAt }, labels, now)?.summary)
    expect(said('2026-11-24T12:11:10Z')).toContain('Wait 12 minutes')
    expect(said('2026-11-24T11:59:00Z')).toContain('Wait 1 minute,')
  })

  test('tries left are counted', () => {
    const explained = explain(site, { code: 'ticket.wrong_code', field: 'code', triesLeft: 1 }, labels)
    expect(html(explained?.summary)).toContain('1 try is left.')
    expect(explained?.marked).toEqual(['code'])
  })
})
