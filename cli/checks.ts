// What is checked, stage by stage: `npm run check` takes the quick ones, `npm test` all of them.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Count, Stage } from './stages.ts'

const node = process.execPath
const program = (path: string) => join('node_modules', path)

/** Where the runners leave their counts. */
const reports = mkdtempSync(join(tmpdir(), 'livery-reports-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

export const lint: Stage = {
  name: 'lint',
  command: [node, program('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'],
}

/** Without what a build leaves behind: types of pages that are gone since would be found missing. */
export const types: Stage = {
  name: 'types',
  command: [node, program('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.check.json'],
}

type VitestFile = { status: string; assertionResults: { status: string }[] }
type VitestReport = { numPassedTests: number; numFailedTests: number; success: boolean; testResults: VitestFile[] }

/** A file that broke before its tests began counts as one that failed. */
const isBroken = ({ status, assertionResults }: VitestFile) =>
  status === 'failed' && assertionResults.every((test) => test.status !== 'failed')

const countVitest = (file: string): Count => {
  const { numPassedTests, numFailedTests, success, testResults } = read(file) as VitestReport
  const failed = numFailedTests + testResults.filter(isBroken).length
  return { passed: numPassedTests, failed: success ? failed : Math.max(failed, 1) }
}

/** Tests of these projects of vitest.config.ts, in one run. */
export const tests = (name: string, projects: string[]): Stage => {
  const file = join(reports, `${projects.join('-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const chosen = projects.flatMap((project) => ['--project', project])
  return {
    name,
    command: [node, program('vitest/vitest.mjs'), 'run', ...chosen, ...reporters],
    count: () => countVitest(file),
  }
}

export const build: Stage = { name: 'build', command: [node, 'cli/launch.mjs', 'build', '--if-needed'] }

export const browser: Stage = { name: 'Chromium', command: [node, 'cli/chromium.ts'] }

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }

const countStories = (file: string): Count => {
  const { expected, unexpected, flaky } = (read(file) as PlaywrightReport).stats
  return { passed: expected, failed: unexpected + flaky }
}

const storiesReport = join(reports, 'stories.json')
export const stories: Stage = {
  name: 'browser stories',
  command: [node, program('@playwright/test/cli.js'), 'test'],
  // It tells its own processes about colours, and they would complain of both.
  env: { LIVERY_STORIES_REPORT: storiesReport, NO_COLOR: undefined },
  count: () => countStories(storiesReport),
}
