import { describe, expect, it } from 'vitest'
import { isFailure } from '#platform/failure'
import { checkedMessage, splitAddresses, stateAt } from './rules.ts'

const refusal = (message: string) => {
  try {
    checkedMessage(message)
    return null
  } catch (error) {
    return isFailure(error) && error.field === 'message' ? error.code : 'thrown'
  }
}

describe('the message of an invitation', () => {
  it.each([
    ['', ''],
    ['  Welcome aboard! See you on Monday at 9:30.  ', 'Welcome aboard! See you on Monday at 9:30.'],
    ['Two lines.\r\n\r\nMs. Keller, room 3.14', 'Two lines.\n\nMs. Keller, room 3.14'],
    ['مرحبًا بك. نراك قريبًا', 'مرحبًا بك. نراك قريبًا'],
    ['<b>Bold</b> & "quoted"', '<b>Bold</b> & "quoted"'],
  ])('may be %j, which is kept as %j', (typed, kept) => expect(checkedMessage(typed)).toBe(kept))

  it.each([
    'see https://evil.test/x',
    'see HTTP://EVIL.TEST',
    'see www.evil',
    'see evil.test now',
    'see evil.test/path',
    'see ｅｖｉｌ．ｔｅｓｔ',
    'пиши на пример.рф',
    'write to mallory@evil',
    'mailto:mallory',
    'javascript:alert(1)',
    'call tel:+4512345678',
    'ftp://evil',
  ])('may not become a link: %s', (message) => expect(refusal(message)).toBe('invitations.message_has_link'))

  it.each(['a\u202eb', 'a\u200bb', 'a\0b', 'a\u2028b', 'a\tb'])('hides nothing: %j', (message) =>
    expect(refusal(message)).toBe('input.control_characters'),
  )
})

it.each([
  [
    'a@x.example, b@x.example;c@x.example\nd@x.example e@x.example',
    ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example'],
  ],
  ['Ada Keller <ada@x.example>, "Ben, jr" <ben@x.example>', ['ada@x.example', '"Ben', 'ben@x.example']],
  ['  \n , ; ', []],
  ['<ada@x.example>', ['ada@x.example']],
])('%j has the addresses %j', (text, addresses) => expect(splitAddresses(text)).toEqual(addresses))

it('an invitation is over by the second, whatever has run', () => {
  const expiresAt = new Date(1_000_000)
  const at = (ms: number) => stateAt({ status: 'pending', expiresAt }, new Date(1_000_000 + ms))
  expect([at(-1), at(0), at(1)]).toEqual(['pending', 'expired', 'expired'])
  expect(stateAt({ status: 'accepted', expiresAt }, new Date(2_000_000))).toBe('accepted')
})
