import { describe, expect, it } from 'vitest'
import { isFailure } from '#platform/failure'
import { reservedHandles } from './contract.ts'
import { canonicalHost, checkedHandle, checkedHost, checkedName } from './rules.ts'

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'fine'
  } catch (error) {
    if (!isFailure(error)) throw error
    return `${error.code} ${error.field}`
  }
}

describe('a handle', () => {
  it.each(['a', '7', 'alpine', 'alpine-air', 'a1-b2', 'a--b', 'x'.repeat(40)])('may be %s', (handle) => {
    expect(checkedHandle(handle)).toBe(handle)
  })

  it.each([
    '',
    '-alpine',
    'alpine-',
    'Alpine',
    'alpine air',
    'alpine_air',
    'alpine.air',
    'alpine/air',
    '../alpine',
    'alpine\n',
    'alpiné',
    'аlpine', // begins with a Cyrillic letter
    'alpine\u200b',
    'x'.repeat(41),
    'xn--lpine-4ve',
    '%61lpine',
  ])('is not %j', (handle) => {
    expect(codeOf(() => checkedHandle(handle))).toBe('organizations.handle_invalid handle')
  })

  it.each([...reservedHandles])('%s is kept for the product', (handle) => {
    expect(codeOf(() => checkedHandle(handle))).toBe('organizations.handle_reserved handle')
  })
})

describe('a name', () => {
  it.each([
    ['Alpine Air', 'Alpine Air'],
    ['  Alpine Air ', 'Alpine Air'],
    ['Zu\u0308rich', 'Zürich'],
    ['سكك الساحل', 'سكك الساحل'],
    ["O'Brien & Söhne (Nord)", "O'Brien & Söhne (Nord)"],
    ['🚂', '🚂'],
    ['x'.repeat(80), 'x'.repeat(80)],
  ])('may be %j', (typed, kept) => expect(checkedName(typed)).toBe(kept))

  it.each([
    '',
    '   ',
    'x'.repeat(81),
    'Alpine\nAir',
    'Alpine\0Air',
    'Alpine\u202eriA',
    'Alpine\u200bAir',
    'Alpine\ufeffAir',
    '<b>Alpine</b>',
    '\u2067Alpine\u2069',
  ])('is not %j', (typed) => {
    expect(codeOf(() => checkedName(typed))).toBe('organizations.name_invalid name')
  })
})

describe('a host that is asked for', () => {
  it.each([
    ['account.alpine.example', 'account.alpine.example'],
    ['ACCOUNT.Alpine.Example', 'account.alpine.example'],
    ['localhost', 'localhost'],
    ['xn--80ak6aa92e.com', 'xn--80ak6aa92e.com'],
    ['1.alpine.example', '1.alpine.example'],
    ['127.0.0.1.alpine', '127.0.0.1.alpine'],
  ])('%s is met as %s', (given, met) => expect(canonicalHost(given)).toBe(met))

  it.each([
    '',
    '.',
    'alpine.example.',
    '.alpine.example',
    'alpine..example',
    'alpine.example:3000',
    'user@alpine.example',
    'alpine.example/path',
    'alpine_air.example',
    '-alpine.example',
    'alpine-.example',
    'alpine.example ',
    'alpine.example\0',
    'alpíne.example',
    'аlpine.example',
    `${'x'.repeat(64)}.example`,
    `${'abcdefgh.'.repeat(29)}example`,
    // Every spelling of an IP address.
    '127.0.0.1',
    '127.1',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '0x7f000001',
    '0x',
    '2130706433',
    '1.2.3.0x4',
    'alpine.1',
    '[::1]',
    '::1',
    '[::ffff:127.0.0.1]',
    '[fe80::1%25eth0]',
  ])('%j is nobody', (given) => expect(canonicalHost(given)).toBeNull())
})

describe('an own domain', () => {
  it.each([
    ['account.alpine.example', 'account.alpine.example'],
    [' Account.Alpine.EXAMPLE ', 'account.alpine.example'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['ｆｕｌｌｗｉｄｔｈ.example', 'fullwidth.example'],
    ['deep.below.skyway.example', 'deep.below.skyway.example'],
  ])('%j is kept as %s', (typed, kept) => expect(checkedHost(typed, 'skyway.example')).toBe(kept))

  it('that only looks like another one is another one, and says so', () => {
    const lookalike = checkedHost('аlpine.example', 'skyway.example')
    expect(lookalike).toMatch(/^xn--/)
    expect(lookalike).not.toBe('alpine.example')
  })

  it.each([
    '',
    'alpine',
    'localhost',
    'alpine.example.',
    'https://alpine.example',
    'alpine.example:443',
    'alpine.example/path',
    'alpine.example?x',
    'alpine.example#x',
    'alpine.example\\x',
    'alp\nine.example',
    'alpine%2eexample',
    'user@alpine.example',
    '*.alpine.example',
    'alpine example',
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '①②⑦.0.0.1',
    '[::1]',
    '_dmarc.alpine.example',
  ])('is not %j', (typed) => {
    expect(codeOf(() => checkedHost(typed, 'skyway.example'))).toBe('organizations.host_invalid host')
  })

  it.each(['skyway.example', 'SKYWAY.example', 'alpine.skyway.example'])('%s is given out by handle alone', (typed) => {
    expect(codeOf(() => checkedHost(typed, 'skyway.example'))).toBe('organizations.host_reserved host')
  })
})
