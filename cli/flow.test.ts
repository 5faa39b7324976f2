import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readyMade } from '#core/flows'
import { UsageError } from './command.ts'
import { readAsked } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'livery-flows-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const good = file('good.json', readyMade['password-and-second-step'].flow)
const open = file('open.json', { label: 'Open', start: 'a', nodes: { a: { step: 'identifier', next: 'end' } } })
const recovery = file('recovery.json', readyMade.recovery.flow)

const livery = async (...args: string[]) => {
  const asked = readAsked(args, false)
  if ('help' in asked) throw new Error('help was answered')
  return asked.work()
}

describe('flow check', () => {
  it('finds nothing in a good flow, and says so', async () => {
    expect(await livery('flow', 'check', good)).toMatchObject({ isWell: true, text: 'Nothing stands in the way.' })
    expect((await livery('flow', 'check', recovery, '--purpose', 'recovery')).isWell).toBe(true)
  })

  it('says in words what is wrong, and where', async () => {
    const { isWell, text, data } = await livery('flow', 'check', open)
    expect(isWell).toBe(false)
    expect(text).toBe('mistake  nodes.a  From “a” somebody reaches the end who has proven nothing.')
    expect(data).toEqual({
      findings: [{ code: 'flow.unproven_end', path: 'nodes.a', level: 'error', data: { node: 'a' } }],
    })
    expect((await livery('flow', 'check', good, '--purpose', 'recovery')).text).toContain(
      '“Password” does not belong into this flow.',
    )
  })

  it('is well with notes alone', async () => {
    const password = file('password.json', readyMade.password.flow)
    const { isWell, text } = await livery('flow', 'check', password, '--require-second-step')
    expect(isWell).toBe(true)
    expect(text).toMatch(/^note +nodes +This organization requires a second step/)
  })

  it.each([
    ['a file that is not there', ['flow', 'check', join(folder, 'absent.json')], /cannot be read: ENOENT/],
    ['a file that is no JSON', ['flow', 'check', file('broken.json', '{')], /is no JSON/],
    ['a purpose that is none', ['flow', 'check', good, '--purpose', 'sign-out'], /is one of/],
    ['no file', ['flow', 'check'], /takes one argument/],
    ['somebody who is no JSON', ['flow', 'simulate', good, '--as', 'ada'], /--as is no JSON/],
    [
      'somebody with what nobody has',
      ['flow', 'simulate', good, '--as', '{"hasWings":true}'],
      /It may say hasPassword/,
    ],
  ])('refuses %s', (_, args, message) => {
    expect(() => readAsked(args, false)).toThrow(UsageError)
    expect(() => readAsked(args, false)).toThrow(message)
  })
})

describe('flow simulate', () => {
  it('walks with whoever is made up, and says what they are asked', async () => {
    const { isWell, text } = await livery('flow', 'simulate', good, '--as', '{"hasTotp":true,"hasRecoveryCodes":true}')
    expect(isWell).toBe(true)
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^1\. +Password +password +proves password +or passkey$/),
      expect.stringMatching(/^2\. +Code from an app +second-step\/totp +proves totp/),
      'They are let in. Proven: password, totp.',
    ])
  })

  it('says what is wrong with what is no flow, and that nobody is let in by an open one', async () => {
    expect((await livery('flow', 'simulate', file('none.json', {}))).text).toContain('This cannot be read')
    expect(await livery('flow', 'simulate', open)).toMatchObject({
      isWell: false,
      text: expect.stringContaining('Nobody is let in this way.'),
    })
  })
})

it.each([
  [0, ['flow', 'check', good]],
  [1, ['flow', 'check', open]],
  [2, ['flow', 'check', join(folder, 'absent.json')]],
])('the toolkit ends with %i after %j', (code, args) => {
  const { status, stdout } = spawnSync(process.execPath, ['cli/livery.ts', ...args, '--json'], { encoding: 'utf8' })
  expect(status).toBe(code)
  if (code < 2) expect(JSON.parse(stdout)).toHaveProperty('findings')
})
