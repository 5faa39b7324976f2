import { describe, expect, it } from 'vitest'
import type { InnerResponse } from './next.ts'
import { fileOf } from './pages.ts'
import { filePolicy } from './policy.ts'

const disposition = 'attachment; filename="people-alpine.csv"'
const handed = (headers: InnerResponse['headers']) => fileOf({ status: 200, headers, body: Buffer.from('email\r\n') })
const csv = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition }

describe('a file that a door hands out', () => {
  it('goes on with its type and its name, and nothing else that was said of it', () => {
    const answer = handed({ ...csv, 'set-cookie': 'a=b', 'x-powered-by': 'x', 'content-length': '1' })
    expect(answer).toEqual({
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': disposition,
        'content-security-policy': filePolicy,
        'cache-control': 'no-store',
      },
      body: Buffer.from('email\r\n'),
    })
  })

  it('says each header once', () => {
    const [type, name] = [csv['content-type'], disposition]
    expect(handed({ 'content-type': [type], 'content-disposition': [name] }).headers).toMatchObject(csv)
    expect(() => handed({ 'content-type': [type, 'text/html'], 'content-disposition': [name] })).toThrow('hands out')
    expect(() => handed({ 'content-type': [type], 'content-disposition': [name, 'inline'] })).toThrow('hands out')
  })

  it.each([
    ['a page', { 'content-type': 'text/html; charset=utf-8' }],
    ['a page that would be kept', { ...csv, 'content-type': 'text/html; charset=utf-8' }],
    ['a script', { ...csv, 'content-type': 'text/javascript' }],
    ['one that would be shown', { ...csv, 'content-disposition': 'inline; filename="people.csv"' }],
    ['one without a name', { 'content-type': csv['content-type'] }],
    ['one with a name of another kind', { ...csv, 'content-disposition': 'attachment; filename="people.html"' }],
    ['one with a path', { ...csv, 'content-disposition': 'attachment; filename="../people.csv"' }],
    ['a header within its name', { ...csv, 'content-disposition': `${disposition}\r\nset-cookie: a=b` }],
  ])('is not %s', (_, headers) => expect(() => handed(headers)).toThrow('hands out'))
})
