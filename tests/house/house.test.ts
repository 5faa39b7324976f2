// The rules of the house hold. That each of these guards would notice, guards-bite.test.ts shows.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { staleFiles } from '../../cli/generate.ts'
import { dependencyBreaches } from './dependencies.ts'
import { escapes, misnamed, tooLong } from './names-and-sizes.ts'
import { inexact, tiedToRegistry, unlicensed } from './packages.ts'
import { sources } from './sources.ts'
import { strayTables } from './tables.ts'

const root = join(import.meta.dirname, '../..')

it('imports run downhill, and modules are entered by their doors', async () => {
  const { files, breaches } = await dependencyBreaches(root, readdirSync(root))
  expect(files).toBeGreaterThan(200)
  expect(breaches).toEqual([])
}, 60_000)

it('files are read at all', () => expect(sources(root).length).toBeGreaterThan(200))
it('files and folders are called as the house calls them', () => expect(misnamed(root)).toEqual([]))
it('no file is longer than 300 lines', () => expect(tooLong(root)).toEqual([]))
it('no check is switched off', () => expect(escapes(root)).toEqual([]))
it('a table is touched by one store', () => expect(strayTables(root)).toEqual([]))
it('generated files are fresh', () => expect(staleFiles(root)).toEqual([]))
it('every package is asked for in one exact version', () => expect(inexact(root)).toEqual([]))
it('the lock file names no registry', () => expect(tiedToRegistry(root)).toEqual([]))
it('every package of the product has a licence that we accept', () => expect(unlicensed(root)).toEqual([]))
