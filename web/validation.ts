/** From what a schema says to what a problem document says, thing by thing. */

import type { z } from 'zod'
import { Failure } from '#platform/failure'
import type { FieldProblem } from './problem.ts'

type Issue = z.core.$ZodIssue

const codes: Partial<Record<Issue['code'], string>> = {
  invalid_type: 'wrong_type',
  too_big: 'too_large',
  too_small: 'too_small',
  invalid_format: 'wrong_format',
  invalid_value: 'not_allowed',
  unrecognized_keys: 'unknown_field',
}

const escaped = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

const problem = (path: readonly PropertyKey[], place: 'pointer' | 'parameter', code: string, message: string) =>
  place === 'pointer'
    ? { pointer: `#${path.map((part) => `/${escaped(part)}`).join('')}`, code, message }
    : { parameter: String(path[0] ?? ''), code, message }

const isMissing = (issue: Issue): boolean => issue.code === 'invalid_type' && issue.input === undefined

/** What is wrong, and where; at most twenty, because nobody reads more. */
export const fieldProblems = ({ issues }: z.ZodError, place: 'pointer' | 'parameter'): FieldProblem[] =>
  issues
    .flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => problem([...issue.path, key], place, 'unknown_field', 'Nothing is called this'))
      }
      if (isMissing(issue)) return [problem(issue.path, place, 'missing', 'This is missing')]
      return [problem(issue.path, place, codes[issue.code] ?? 'not_allowed', issue.message)]
    })
    .slice(0, 20)

/** The refusal that names them. */
export const invalid = (errors: FieldProblem[]): Failure => new Failure('request.invalid', undefined, { errors })

/** What was sent, as the schema reads it; fails with `request.invalid`. */
export const checked = <T>(schema: z.ZodType<T>, sent: unknown, place: 'pointer' | 'parameter'): T => {
  const read = schema.safeParse(sent, { reportInput: true })
  if (read.success) return read.data
  throw invalid(fieldProblems(read.error, place))
}
