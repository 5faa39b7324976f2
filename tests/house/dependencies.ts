import swc from '@swc/core'
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'

/**
 * dependency-cruiser hands every file to swc as plain TypeScript and gives up at the first JSX. TypeScript 7, its other
 * parser, has no programmatic interface that it could use. So the one call it makes learns to look at the file's name.
 */
const parse = swc.parseFileSync
swc.parseFileSync = ((path: string, options: object) =>
  parse(path, { ...options, syntax: 'typescript', tsx: path.endsWith('x') })) as typeof parse

const folders = ['app', 'server', 'web', 'ui', 'core', 'platform', 'demo', 'cli', 'bench', 'tests']

export type Breach = { rule: string; from: string; to: string }

const breachOf = ({ rule, from, to, cycle }: IViolation): Breach => ({
  rule: rule.name,
  from,
  to: cycle ? cycle.map((step) => (typeof step === 'string' ? step : step.name)).join(' → ') : to,
})

/** What the tree at `root` does against .dependency-cruiser.cjs, and how many files were read (none would prove nothing). */
export const dependencyBreaches = async (root: string, present: string[]) => {
  const options = await extractOptions(`${root}/.dependency-cruiser.cjs`)
  const { output } = await cruise(
    folders.filter((folder) => present.includes(folder)),
    { ...options, baseDir: root, validate: true },
  )
  const { summary } = output as ICruiseResult
  return { files: summary.totalCruised, breaches: summary.violations.map(breachOf) }
}
