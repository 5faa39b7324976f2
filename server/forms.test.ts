import { describe, expect, it } from 'vitest'
import { isOwnOrigin } from './forms.ts'

const own = (origin?: string, fetchSite?: string) =>
  isOwnOrigin({ origin: 'http://alpine.localhost:3000' }, { origin, fetchSite })

describe('a form is taken from our own pages alone', () => {
  it('by its origin, to the letter', () => {
    expect(own('http://alpine.localhost:3000')).toBe(true)
    for (const foreign of [
      'null',
      '',
      'http://alpine.localhost',
      'https://alpine.localhost:3000',
      'http://localhost:3000',
      'http://pacifica.localhost:3000',
      'http://alpine.localhost:3000.evil.test',
      'http://ALPINE.localhost:3000',
    ])
      expect(own(foreign, 'same-origin'), foreign).toBe(false)
  })
  it('by what the browser says of the site, where it says no origin', () => {
    expect(own(undefined, 'same-origin')).toBe(true)
    expect(own(undefined, 'none')).toBe(true)
    expect(own(undefined, 'same-site')).toBe(false)
    expect(own(undefined, 'cross-site')).toBe(false)
  })
  it('from a client that is no browser', () => expect(own()).toBe(true))
})
