// How files are called, and how long they may be.

import { isTest, scripts, sources, textOf, visit } from './sources.ts'

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/
const migration = /^\d{4}_[a-z0-9]+(?:_[a-z0-9]+)*\.sql$/
/** `[site]`, `[...rest]`, `(sign-in)` and `_doors` mean something to the framework, around a name of ours. */
const bare = (part: string) => part.replace(/^(?:\[(?:\.\.\.)?(.+)\]|\((.+)\)|_(.+))$/, '$1$2$3')

/** Words that say nothing, and words that are not ours: see docs/glossary.md. */
const forbidden = ['util', 'helper', 'common', 'shared', 'manager', 'service', 'tenant', 'workspace', 'misc']
const saysNothing = (part: string) =>
  part.split(/[-._]/).some((word) => forbidden.some((one) => word === one || word === `${one}s`))

const isNamed = (file: string): boolean => {
  const [folder = '', ...rest] = file.split('/')
  if (folder === 'migrations') return migration.test(rest.join('/'))
  return rest.every((part) => kebab.test(folder === 'app' ? bare(part) : part))
}

/** Files and folders that are not called as the house calls them. */
export const misnamed = (root: string): string[] =>
  sources(root).filter((file) => !isNamed(file) || file.split('/').some(saysNothing))

const mostLines = 300
/** Files that may be longer, each with its reason. */
const longAllowed: Record<string, string> = {}

export const tooLong = (root: string): string[] =>
  sources(root).filter(
    (file) => !Object.hasOwn(longAllowed, file) && textOf(root, file).trimEnd().split('\n').length > mostLines,
  )

const silencers = new RegExp(`@ts-${'(?:ignore|expect-error|nocheck)'}`)
const skips = new RegExp(`\\b(?:it|test|describe)(?:\\.\\w+)*\\.(?:${'skip|only|todo|fixme|fails'})\\b`)

/** Places where a check was switched off: the type that is anything, a silenced compiler, a test that does not run. */
export const escapes = (root: string): string[] =>
  scripts(root).flatMap((file) => {
    const text = textOf(root, file)
    const found = new Set<string>()
    if (silencers.test(text)) found.add('silences the compiler')
    if (isTest(file) && skips.test(text)) found.add('leaves out a test')
    if (/\.tsx?$/.test(file)) {
      visit(root, file, (node) => {
        if (node.type === 'TsKeywordType' && node.kind === 'any') found.add('uses any')
        if (node.type === 'TsNonNullExpression') found.add('asserts that something is there')
        if (node.type === 'TsEnumDeclaration' || node.type === 'TsParameterProperty') found.add('cannot be stripped')
      })
    }
    return [...found].map((what) => `${file} ${what}`)
  })
