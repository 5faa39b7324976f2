import { describe, expect, it } from 'vitest'
import { isReturnPath, readForm, readFormWithFile } from './answer.ts'

const sent = (body: BodyInit, type?: string) =>
  readForm(
    new Request('http://localhost/', { method: 'POST', body, ...(type ? { headers: { 'content-type': type } } : {}) }),
  )
const form = 'application/x-www-form-urlencoded'

describe('the answer to a form', () => {
  it('is read by name', async () => {
    expect(await sent('username=ada%40alpine.example&password=a+b', form)).toEqual({
      username: 'ada@alpine.example',
      password: 'a b',
    })
    expect(await sent('a=%ff%fe&b=%E2%80%AE', `${form}; charset=UTF-8`)).toEqual({ a: '\ufffd\ufffd', b: '\u202e' })
  })

  it('keeps a name that was sent twice as a list, which no field takes', async () => {
    expect(await sent('email=a&email=b&email=c', form)).toEqual({ email: ['a', 'b', 'c'] })
  })

  it('has no power over objects', async () => {
    const answer = await sent('__proto__=x&constructor=y', form)
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype)
    expect(Object.hasOwn(answer, '__proto__')).toBe(true)
  })

  it('may come in parts; a file is no text', async () => {
    const parts = new FormData()
    parts.append('email', 'a@b.example')
    parts.append('password', new File(['x'], 'x.txt'))
    const { email, password } = await sent(parts)
    expect([email, password]).toEqual(['a@b.example', ['']])
  })

  it.each(['text/plain', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary=x'])(
    'is empty as %s',
    async (type) => expect(await sent('{"username":"ada"}', type)).toEqual({}),
  )
})

describe('the answer of a form that sends a file', () => {
  const request = (body: BodyInit) => new Request('http://localhost/', { method: 'POST', body })
  const parts = (...entries: [string, string | File][]) => {
    const all = new FormData()
    for (const [name, value] of entries) all.append(name, value)
    return request(all)
  }

  it('has its bytes as they are, and its fields beside them', async () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x0d, 0x0a, 0xc3])
    const { answer, file } = await readFormWithFile(
      parts(['file', new File([bytes], 'x.csv')], ['text', 'y'], ['other', new File(['z'], 'z')]),
      'file',
    )
    expect(file).toEqual({ name: 'x.csv', bytes })
    expect(answer).toEqual({ text: 'y', other: [''] })
  })

  it.each([
    ['none is chosen', parts(['file', new File([], '')], ['text', 'y'])],
    ['it is a text', parts(['file', 'x'], ['text', 'y'])],
    ['there are two', parts(['file', new File(['a'], 'a')], ['file', new File(['b'], 'b')], ['text', 'y'])],
    ['the form sends none', request(new URLSearchParams({ text: 'y' }))],
  ])('has none where %s', async (_, sent) => {
    expect(await readFormWithFile(sent, 'file')).toEqual({ answer: { text: 'y' }, file: null })
  })
})

describe('the page to come back to', () => {
  it.each(['/account', '/account/profile', '/account/security'])('may be %s', (path) =>
    expect(isReturnPath(path)).toBe(true),
  )
  it.each([
    '',
    '/',
    '//evil.test',
    '/account//evil.test',
    'https://evil.test',
    '/account\\evil',
    '/accounts',
    '/account/../x',
    '/account?x',
  ])('is not %j', (path) => expect(isReturnPath(path)).toBe(false))
})
