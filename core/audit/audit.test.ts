import { expect, it } from 'vitest'
import { masked } from './rules.ts'

it('keeps no secret, at any depth', () => {
  expect(masked({ before: { password: 'x', name: 'Ada' }, list: [{ totpSecret: 'y' }], code: 7 })).toEqual({
    before: { password: '[masked]', name: 'Ada' },
    list: [{ totpSecret: '[masked]' }],
    code: '[masked]',
  })
})
