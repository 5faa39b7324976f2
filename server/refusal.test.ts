import { expect, it } from 'vitest'
import { SettingsError } from '#platform/env'
import { Failure } from '#platform/failure'
import { explain } from './refusal.ts'

it.each([
  ['database.in_use', { directory: '/data', pid: 42 }, /Process 42 has \/data open.+LIVERY_DATA_DIR/],
  ['database.other_major', { folder: '/data', found: '17', expected: '18' }, /PostgreSQL 17, .+ reads 18/],
  ['database.too_old', { version: 140_011 }, /PostgreSQL 14; 15 or newer/],
  ['database.newer', { unknown: ['0099_more.sql'] }, /0099_more\.sql/],
  ['database.changed_migration', { changed: ['0001_a.sql', '0002_b.sql'] }, /0001_a\.sql, 0002_b\.sql/],
  ['database.unavailable', undefined, /does not answer/],
])('%s is said in words, and its code stays', (code, data, words) => {
  const said = explain(new Failure(code, undefined, data))
  expect(said).toMatch(words)
  expect(said).toContain(`(${code})`)
  expect(said).not.toMatch(/[{}]|undefined|\n/)
})

it('a port that is taken is no mistake of ours', () => {
  const error = Object.assign(new Error('listen EADDRINUSE: address already in use :::3000'), {
    code: 'EADDRINUSE',
    port: 3000,
  })
  expect(explain(error)).toBe('Livery cannot start: port 3000 is taken. Set PORT to another one.')
})

it('settings say what is missing; what nobody foresaw keeps its trace', () => {
  expect(explain(new SettingsError(['PORT is a whole number']))).toContain('- PORT is a whole number')
  expect(explain(new Error('surprise'))).toMatch(/surprise\n\s+at /)
  expect(explain('surprise')).toBe('surprise')
  expect(explain(new Failure('nobody.foresaw', undefined, { a: 1 }))).toBe(
    'Livery cannot start: {"a":1} (nobody.foresaw)',
  )
})
