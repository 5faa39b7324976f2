// The functions of stores that speak to tables of organizations, read from the code.

import { globalTables } from '#platform/database'
import { isTest, type Node, scripts, visit } from '../house/sources.ts'
import { touches } from '../house/tables.ts'

const isStore = (file: string): boolean => /^core\/[^/]+\/(?:[a-z]+-)?store\.ts$/.test(file) && !isTest(file)

type Declared = {
  declarations?: { id: { value: string }; init?: Node & { params?: { pat?: { value?: string }; value?: string }[] } }[]
}

/** What a file gives out that takes a unit of work first. */
const speakers = (root: string, file: string): string[] => {
  const found: string[] = []
  visit(root, file, (node) => {
    if (node.type !== 'ExportDeclaration') return
    for (const { id, init } of (node.declaration as Declared).declarations ?? []) {
      const [first] = init?.params ?? []
      if ((first?.pat ?? first)?.value === 'tx') found.push(id.value)
    }
  })
  return found
}

/** As `core/people/store.ts readPerson`; stores of global tables alone are left out. */
export const storeFunctions = (root: string): string[] => {
  const owned = touches(root).filter(({ table }) => !Object.hasOwn(globalTables, table))
  const files = new Set(owned.map(({ file }) => file).filter(isStore))
  return scripts(root)
    .filter((file) => files.has(file))
    .flatMap((file) => speakers(root, file).map((name) => `${file} ${name}`))
}
