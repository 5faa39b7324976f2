import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livery-stages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A check of these stages, as a program of its own: its words, its last line and its exit code. */
const check = (stages: string, width = 2) => {
  const file = join(folder, 'check.ts')
  writeFileSync(
    file,
    `import { conclude, runStages } from ${JSON.stringify(join(import.meta.dirname, 'stages.ts'))}
     const js = (name, source, more = {}) => ({ name, command: [process.execPath, '-e', source], ...more })
     conclude(await runStages([${stages}], ${width}))`,
  )
  const { stdout, status } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
  return { words: stdout, last: stdout.trimEnd().split('\n').at(-1), status }
}

const good = `js('good', 'console.log("fine")')`
const bad = `js('bad', 'console.log("not fine"); process.exit(1)')`

it('stages that pass are counted, and the sum stands alone on the last line', () => {
  const { words, last, status } = check(`${good}, js('two', '', { count: () => ({ passed: 41, failed: 0 }) })`)
  expect([last, status]).toEqual(['42 passed, 0 failed', 0])
  expect(words).toContain('fine')
})

it('a stage that fails fails the check, and the others run all the same', () => {
  const { words, last, status } = check(`${bad}, ${good}`)
  expect([last, status]).toEqual(['1 passed, 1 failed', 1])
  expect(words).toContain('not fine')
})

it.each([
  [
    'ends badly after tests that passed',
    `js('x', 'process.exit(1)', { count: () => ({ passed: 5, failed: 0 }) })`,
    5,
    1,
  ],
  ['ends well with a test that failed', `js('x', '', { count: () => ({ passed: 5, failed: 2 }) })`, 5, 2],
  ['leaves no count', `js('x', '', { count: () => { throw new Error() } })`, 0, 1],
  ['cannot be started', `{ name: 'x', command: ['/nonexistent'] }`, 0, 1],
  ['is killed', `js('x', 'process.kill(process.pid, "SIGKILL")')`, 0, 1],
])('a stage that %s counts as failed', (_, stage, passed, failed) => {
  const { last, status } = check(`${stage}, ${good}`)
  expect([last, status]).toEqual([`${passed + 1} passed, ${failed} failed`, 1])
})

it('nothing tested is nothing passed', () => {
  expect(check('')).toMatchObject({ last: '0 passed, 0 failed', status: 1 })
})

it('what stages say at the same time stays together, in their order', () => {
  const slow = `js('slow', 'console.log("a"); setTimeout(() => console.log("b"), 600)')`
  const quick = `js('quick', 'console.log("c")')`
  const { words } = check(`${slow}, ${quick}`)
  expect(words.replace(/\d+\.\d s/g, '')).toBe(
    '\n── slow\na\nb\n── slow: passed, \n\n── quick\nc\n── quick: passed, \n\n2 passed, 0 failed\n',
  )
})

/** A stage that notes when it begins and ends; until then it waits for what another one notes, for ten seconds at most. */
const noting = (name: string, { until = '', after = '' } = {}) => {
  const source = `
    const { appendFileSync, readFileSync } = require('node:fs')
    const file = ${JSON.stringify(join(folder, 'log'))}
    appendFileSync(file, '+${name} ')
    const giveUpAt = Date.now() + 10_000
    while (!readFileSync(file, 'utf8').includes('${until}') && Date.now() < giveUpAt);
    appendFileSync(file, Date.now() < giveUpAt ? '-${name} ' : '!${name} ')`
  return `js('${name}', ${JSON.stringify(source)}, { after: [${after}] })`
}
const noted = () => readFileSync(join(folder, 'log'), 'utf8')

it('stages run at the same time, and one that comes after others waits for them', () => {
  check(
    [
      noting('last', { after: "'one', 'two'" }),
      noting('one', { until: '+two' }),
      noting('two', { until: '+one' }),
    ].join(),
  )
  expect(noted()).toMatch(/^(?:\+one \+two|\+two \+one) (?:-one -two|-two -one) \+last -last $/)
})

it('no more stages run at the same time than asked for', () => {
  check([noting('one'), noting('two'), noting('three')].join(), 1)
  expect(noted()).toBe('+one -one +two -two +three -three ')
})
