import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encodingOf, pack, packOnce } from './encoding.ts'

describe('what a client reads', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000,gzip;q=0', 'identity'],
    ['BR', 'br'],
    ['brotli', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
  ])('%s → %s', (header, encoding) => expect(encodingOf(header)).toBe(encoding))
})

describe('packed bytes', () => {
  const text = Buffer.from('words and more words. '.repeat(100))
  it('are the same bytes in every encoding', async () => {
    const { bodies } = await pack(text, 'text/html; charset=utf-8')
    expect(brotliDecompressSync(bodies.br ?? '')).toEqual(text)
    expect(gunzipSync(bodies.gzip ?? '')).toEqual(text)
    expect(brotliDecompressSync((await packOnce(text, 'text/html', 'br')).body)).toEqual(text)
  })
  it('stay as they are where packing is of no use', async () => {
    expect((await pack(Buffer.from('short'), 'text/html')).bodies).toEqual({ identity: Buffer.from('short') })
    expect((await pack(text, 'image/png')).bodies).toEqual({ identity: text })
  })
})
