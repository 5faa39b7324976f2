import { expect, it } from 'vitest'
import { idKinds, isId, newId } from './ids.ts'

it('an id carries its kind and needs no escaping', () => {
  for (const kind of idKinds) {
    const id = newId(kind)
    expect(id).toMatch(new RegExp(`^${kind}_[0-9a-hjkmnp-tv-z]{26}$`))
    expect(isId(kind, id)).toBe(true)
    expect(encodeURIComponent(id)).toBe(id)
  }
})

it('ids never repeat, and sort by the moment they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => newId('per'))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
})

const good = newId('org').slice('org_'.length)
it.each([
  ['of another kind', `per_${good}`],
  ['without a kind', good],
  ['in upper case', `org_${good.toUpperCase()}X`.slice(0, 30)],
  ['too short', `org_${good.slice(1)}`],
  ['too long', `org_${good}0`],
  ['with a letter that looks like a digit', `org_${good.slice(0, 25)}l`],
  ['with more than 128 bits', `org_8${good.slice(1)}`],
  ['with a line break', `org_${good}\n`],
  ['that is nothing', ''],
  ['that is no text', 7],
  ['that is a list', [`org_${good}`]],
])('no id %s', (_, value) => expect(isId('org', value)).toBe(false))
