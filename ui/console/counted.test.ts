import { expect, it } from 'vitest'
import { sampleSiteOf } from '../../tests/gallery/base-site.ts'
import { countedForms } from './counted.ts'

it.each([
  ['en', ['one', 'other']],
  ['pt', ['one', 'other']],
  ['ar', ['few', 'many', 'one', 'other', 'two', 'zero']],
])('%s has a sentence for each of its forms, with a place for the number', (locale, forms) => {
  const said = JSON.parse(countedForms(sampleSiteOf(locale), 'invite.submit-counted')) as Record<string, string>
  expect(Object.keys(said).sort()).toEqual(forms)
  expect(said.other).toContain('#')
  expect(Object.values(said).join('')).not.toMatch(/\d/)
})

it('other values of the sentence stay as they are handed in', () => {
  const said = JSON.parse(countedForms(sampleSiteOf('en'), 'invite.outside', { addresses: '{addresses}' }))
  expect(said.other).toBe('{addresses} are outside the domains of Example.')
})
