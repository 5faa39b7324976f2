import { describe, expect, test } from 'vitest'
import { changesOf, type Moments } from './account-cards.tsx'

const at = (iso: string) => new Date(iso)
const names = (moments: Partial<Moments>) =>
  changesOf({
    createdAt: at('2026-01-01T10:00:00Z'),
    emailVerifiedAt: null,
    passwordChangedAt: null,
    secondStepAt: null,
    passkeyAt: null,
    ...moments,
  }).map(({ name }) => name)

describe('the latest changes of an account', () => {
  test('begin with the newest and are three at most', () => {
    expect(
      names({
        emailVerifiedAt: at('2026-01-01T10:05:00Z'),
        passwordChangedAt: at('2026-03-01T10:00:00Z'),
        secondStepAt: at('2026-02-01T10:00:00Z'),
      }),
    ).toEqual(['password', 'second-step', 'email'])
  })

  test('end with the account itself', () => {
    expect(names({ emailVerifiedAt: at('2026-01-01T09:59:59Z') })).toEqual(['email', 'created'])
  })

  test('name the newest passkey', () => {
    expect(names({ passkeyAt: at('2026-02-01T10:00:00Z') })).toEqual(['passkey', 'created'])
  })

  test('name nothing that has never happened', () => {
    expect(names({})).toEqual(['created'])
  })

  test('do not call the first password a change', () => {
    expect(names({ passwordChangedAt: at('2026-01-01T10:00:30Z') })).toEqual(['created'])
    expect(names({ passwordChangedAt: at('2026-01-01T10:01:00Z') })).toEqual(['password', 'created'])
  })
})
