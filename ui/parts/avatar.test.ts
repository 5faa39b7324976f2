import { expect, test } from 'vitest'
import { initialsOf } from './avatar.tsx'

test.each([
  [{ givenName: 'Ada', familyName: 'Lindqvist', email: 'a@b.example' }, 'AL'],
  [{ givenName: 'ångström', familyName: '', email: 'a@b.example' }, 'Å'],
  [{ givenName: '', familyName: '', email: 'zoe@b.example' }, 'Z'],
  [{ givenName: '👩‍🚀 Eva', familyName: 'Ng', email: 'a@b.example' }, '👩‍🚀N'],
  // Two Arabic letters would join into a word.
  [{ givenName: 'يارا', familyName: 'البكري', email: 'a@b.example' }, 'ي'],
])('initials of %o', (person, initials) => {
  expect(initialsOf(person)).toBe(initials)
})
