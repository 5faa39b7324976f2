import { expect, it } from 'vitest'
import { consolePlace, placeAfter } from './places.ts'

it.each([
  '/organization',
  '/organization/people',
  '/organization/people?status=active&after=eyJ9',
  '/organization/people#people',
])('%s is a place of the console', (place) => {
  expect(consolePlace(place)).toBe(place)
})

it.each([
  undefined,
  ['/organization'],
  '',
  '/account',
  '/sign-in',
  '//evil.example/organization',
  'https://evil.example/organization',
  '/organization/../account',
  '/organization/nothing-here',
  '/organization/people?next=//evil.example',
  '/organization\\people',
  '/organization/people\r\nset-cookie: a=b',
  `/organization/people?search=${'x'.repeat(4000)}`,
])('%s is none', (place) => {
  expect(consolePlace(place)).toBeNull()
})

it('what was made is led to by its id', () => {
  expect(placeAfter('/organization/people?open={created}', '/organizations/org_1/people/per_2')).toBe(
    '/organization/people?open=per_2',
  )
  expect(placeAfter(undefined, undefined)).toBeNull()
})
