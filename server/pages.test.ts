import { describe, expect, it } from 'vitest'
import { fileOf } from './pages.ts'

const handedOut = (type: unknown, name: unknown) =>
  fileOf({
    status: 200,
    headers: { 'content-type': type as string, 'content-disposition': name as string, 'set-cookie': ['a=b'], via: 'x' },
    body: Buffer.from('a,b\r\n'),
  })
const name = 'attachment; filename="alpine-audit-2026-11-25.csv"'

describe('a file that a page hands out', () => {
  it('goes on under its own type and name, where nothing in it runs, and with nothing else that was said of it', () => {
    const { status, headers, body } = handedOut('text/csv; charset=utf-8', name)
    expect({ status, body: String(body) }).toEqual({ status: 200, body: 'a,b\r\n' })
    expect(headers).toEqual({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': name,
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'no-store',
    })
  })

  it('may be plain text', () => {
    const text = handedOut('text/plain; charset=utf-8', 'attachment; filename="recovery-codes.txt"')
    expect(text.headers?.['content-disposition']).toBe('attachment; filename="recovery-codes.txt"')
  })

  it.each([
    ['text/html', name],
    ['text/html; charset=utf-8', name],
    ['text/plain', 'attachment; filename="codes.txt"'],
    ['image/svg+xml', name],
    [undefined, name],
    ['text/csv; charset=utf-8', undefined],
    ['text/csv; charset=utf-8', 'inline'],
    ['text/csv; charset=utf-8', 'attachment; filename="../x.csv"'],
    ['text/csv; charset=utf-8', 'attachment; filename="a.csv"; filename*=UTF-8\'\'b.html'],
    ['text/csv; charset=utf-8', 'attachment; filename="a.csv"\r\nset-cookie: a=b'],
  ])('is no file as %s, %s', (type, disposition) => {
    expect(() => handedOut(type, disposition)).toThrow('a page hands out')
  })
})
