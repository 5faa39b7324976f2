// The files of the house, as the guards read them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import swc from '@swc/core'

/** Folders of code; what lies beside them is text, pictures and settings. */
export const codeFolders = [
  'app',
  'bench',
  'cli',
  'core',
  'demo',
  'examples',
  'migrations',
  'platform',
  'server',
  'tests',
  'ui',
  'web',
]
const code = /\.(?:[cm]?[jt]sx?|css|sql)$/
const script = /\.(?:[cm]?js|ts)x?$/
/** What a benchmark has measured is no code of ours. */
const made = /^bench\/results\//

const filesIn = (root: string, folder: string): string[] => {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  } catch {
    return []
  }
}

/** Paths below `root`, in order. */
export const sources = (root: string): string[] =>
  codeFolders
    .flatMap((folder) => filesIn(root, folder))
    .filter((file) => code.test(file) && !made.test(file))
    .toSorted()

export const scripts = (root: string): string[] => sources(root).filter((file) => script.test(file))
export const isTest = (file: string): boolean => /\.(?:test|spec)\.tsx?$/.test(file) || file.startsWith('tests/')
export const textOf = (root: string, file: string): string => readFileSync(join(root, file), 'utf8')

export type Node = { type: string } & Record<string, unknown>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** Shows every node of a file's syntax. */
export const visit = (root: string, file: string, see: (node: Node) => void): void => {
  const syntax = swc.parseSync(textOf(root, file), { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2024' })
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    else if (typeof value === 'object' && value !== null) {
      if (isNode(value)) see(value)
      for (const one of Object.values(value)) walk(one)
    }
  }
  walk(syntax)
}
