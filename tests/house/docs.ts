// Reads the documentation as a stranger does who follows every pointer: links, paths, scripts, settings.

import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'

/** A page, by its path from the root of the repository. */
export type Doc = { file: string; text: string }

const excluded = (name: string) => name === 'node_modules' || name === '.next' || name === '.data'

/** The pages that lead a newcomer. */
export const docsOf = (root: string): Doc[] =>
  globSync(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md'], { cwd: root })
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

const fence = /^( *)```[\s\S]*?^\1```$/gm

/** What is prose: what stands between fences is for a machine. */
export const proseOf = ({ text }: Doc): string => text.replace(fence, '')

const link = /\]\(([^)\s]+)\)/g
const elsewhere = /^(?:[a-z]+:|#)/

/** Targets of relative links, as paths from the root, with the heading they point at. */
export const linksOf = (doc: Doc): { path: string; heading: string | null }[] =>
  [
    ...proseOf(doc)
      .replace(/`[^`]*`/g, '')
      .matchAll(link),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !elsewhere.test(target))
    .map((target) => {
      const [path = '', heading = null] = target.split('#')
      return { path: normalize(join(dirname(doc.file), path)), heading }
    })

const folders = 'app|bench|cli|core|demo|docs|email-templates|examples|migrations|platform|server|tests|themes|ui|web'
const path = new RegExp(`^(?:${folders})/[^\\s]*$`)
const bareFile = /^\.?[A-Za-z][\w-]*(?:\.[\w-]+)*\.(?:cjs|css|json|js|md|mjml|mjs|sql|ts|tsx)$/

/** Everything in backticks that is spelled like a path or a file of this repository. */
export const pathsOf = (doc: Doc): string[] =>
  [...proseOf(doc).matchAll(/`([^`\n]+)`/g)]
    .map(([, code = '']) => code)
    .filter((code) => path.test(code) || bareFile.test(code))

/** `themes/<brand>/theme.json` and `app/[site]/post/…/route.ts` stand for many; the brackets of a route are its own. */
const patternOf = (named: string): string =>
  named
    .replace(/[[\]]/g, '[$&]')
    .replace(/<[^>]+>/g, '*')
    .replace(/…/g, '**')
    .replace(/\/$/, '')

/** Whether a path that a page names is there; a bare file name may be anywhere. */
export const isThere = (root: string, named: string): boolean => {
  const anywhere = named.includes('/') ? [] : [`**/${patternOf(named)}`]
  return globSync([patternOf(named), ...anywhere], { cwd: root, exclude: excluded as never }).length > 0
}

/** Names of npm scripts. */
export const scriptsOf = ({ text }: Doc): string[] => [
  ...[...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/\bnpm (test|start)\b/g)].map(([, name = '']) => name),
]

/** Names of environment variables of ours. */
export const variablesOf = ({ text }: Doc): string[] =>
  [...text.matchAll(/\b(?:LIVERY_[A-Z_]+|[A-Z]+_URL(?:_[A-Z]+)?|PORT)\b/g)].map(([name]) => name)

/** The heading's address, as hosts of repositories make it. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-')

export const hasHeading = (markdown: string, heading: string): boolean =>
  [...markdown.replace(fence, '').matchAll(/^#+ (.+)$/gm)].some(([, words = '']) => slugOf(words) === heading)

/** Modules in the table of a page: a first cell with one name in backticks. */
export const moduleRowsOf = (markdown: string): string[] => {
  const [, section = ''] = markdown.split(/^## Modules$/m)
  const [table = ''] = section.split(/^## /m)
  return [...table.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name = '']) => name)
}

export const modulesOf = (root: string): string[] =>
  globSync('core/*/index.ts', { cwd: root }).map((file) => basename(dirname(file)))

export const exists = (root: string, file: string): boolean => existsSync(join(root, file))
