import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillBody, placeholdersOf } from './filled-body.ts'

const json = '{"to":["{{to}}"],"message":{"body":"Hi: {{text}}","n":1},"id":"{{id}}"}'
const form = 'To={{to}}&Body={{text}}&Plain=a+b'

describe('a body', () => {
  it('is filled inside of its strings, however deep', () => {
    expect(JSON.parse(fillBody('json', json, { to: '+49', text: 'yes', id: '7' }))).toEqual({
      to: ['+49'],
      message: { body: 'Hi: yes', n: 1 },
      id: '7',
    })
    expect(fillBody('form', form, { to: '+49', text: 'a b' })).toBe('To=%2B49&Body=a+b&Plain=a+b')
  })

  it('gets no field from what is said, whatever that is', () => {
    const evil = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('","to":"+1', '&To=%2B1', '{{to}}', '$&', '\\"'),
    )
    fc.assert(
      fc.property(evil, (text) => {
        const filled = JSON.parse(fillBody('json', json, { to: '+49', text, id: '7' }))
        expect(filled).toEqual({ to: ['+49'], message: { body: `Hi: ${text}`, n: 1 }, id: '7' })
      }),
    )
    for (const text of ['&To=+1', 'a=b', '"', '\r\nX: y', '{{to}}', '%26To=1', 'ä€😀']) {
      const fields = [...new URLSearchParams(fillBody('form', form, { to: '+49', text }))]
      expect(fields).toEqual([
        ['To', '+49'],
        ['Body', text],
        ['Plain', 'a b'],
      ])
    }
  })

  it('says what it wants to be filled, or that it is none', () => {
    expect([...(placeholdersOf('json', json) ?? [])]).toEqual(['to', 'text', 'id'])
    expect([...(placeholdersOf('form', form) ?? [])]).toEqual(['to', 'text'])
    for (const body of ['{"to": {{to}}}', '"{{to}}"', 'to={{to}}', '']) expect(placeholdersOf('json', body)).toBeNull()
  })
})
