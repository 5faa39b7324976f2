// What we build upon: exactly which versions, and under which licences.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Manifest = Record<string, unknown> & Record<`${'' | 'dev' | 'optional'}dependencies` | 'license', unknown>
type Locked = { version?: string; license?: string; dev?: boolean; resolved?: string; optional?: boolean }

const read = (root: string, file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))
const lockedOf = (root: string): Record<string, Locked> => read(root, 'package-lock.json').packages

const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']

/** Packages that are not asked for in one exact version, or not locked in that one. */
export const inexact = (root: string): string[] => {
  const manifest = read(root, 'package.json') as Manifest
  const locked = lockedOf(root)
  return kinds
    .flatMap((kind) => Object.entries((manifest[kind] ?? {}) as Record<string, string>))
    .filter(([name, version]) => !exact.test(version) || locked[`node_modules/${name}`]?.version !== version)
    .map(([name, version]) => `${name} ${version}`)
}

/** The lock file says what, never where from: everybody uses their own registry. */
export const tiedToRegistry = (root: string): string[] =>
  Object.entries(lockedOf(root))
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([place]) => place)

const allowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0',
  'OFL-1.1',
  'Python-2.0',
])

/** Licences of the kind that asks for more, where what is asked does not reach us. Each by a decision. */
const allowedFor: [RegExp, string, string][] = [
  [/^@img\/sharp-/, 'LGPL-3.0-or-later', 'libvips is loaded as a library of its own, unchanged, and can be replaced'],
]

/** Whether an SPDX expression leaves us a choice that we accept. */
const isAllowed = (name: string, expression: string): boolean =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) =>
      choice.split(' AND ').every((one) => {
        const licence = one.replace(/\s*\(https?:[^)]*\)$/, '').trim()
        return allowed.has(licence) || allowedFor.some(([names, id]) => names.test(name) && id === licence)
      }),
    )

const licenceIn = (root: string, place: string, locked: Locked): string => {
  try {
    const { license, licenses } = read(root, join(place, 'package.json'))
    const found = license ?? licenses ?? locked.license
    return typeof found === 'object' ? (found.type ?? found[0]?.type ?? 'unknown') : (found ?? 'unknown')
  } catch {
    // Of another machine: what the lock file says has to do.
    return locked.license ?? 'unknown'
  }
}

/** Packages of the product whose licence is not one of those that we accept. */
export const unlicensed = (root: string): string[] =>
  Object.entries(lockedOf(root))
    .filter(([place, { dev }]) => place !== '' && !dev)
    .map(([place, locked]) => ({
      name: place.split('node_modules/').at(-1) ?? '',
      licence: licenceIn(root, place, locked),
    }))
    .filter(({ name, licence }) => !isAllowed(name, licence))
    .map(({ name, licence }) => `${name} ${licence}`)
