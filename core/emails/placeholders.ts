/**
 * What may stand between {{ and }}: the name of a value, `if` and `unless`. Everything else that the template language
 * could do is refused before anything is compiled, by an allow-list of its syntax tree. Runs in the process and in the
 * compiler's thread, so it imports nothing of ours.
 */
import Handlebars from 'handlebars'

export type Kind = 'text' | 'url'
/** The values of one template, by the name that stands in its placeholders. */
export type Known = ReadonlyMap<string, Kind>

export const templateLimits = { bytes: 256 * 1024, placeholders: 400, depth: 6 } as const

export type Placeholders = { problems: string[]; names: string[] }

type Reading = { problems: Set<string>; names: Set<string>; known: Known | null }

function readValue({ problems, names, known }: Reading, path: hbs.AST.Expression): void {
  const { type, data, depth, original, parts } = path as hbs.AST.PathExpression
  if (type !== 'PathExpression' || data || depth > 0 || parts.join('.') !== original)
    problems.add('a placeholder holds the name of one value')
  else if (known && !known.has(original)) problems.add(`{{${original}}} is nothing that this email knows`)
  else names.add(original)
}

function readMustache(reading: Reading, { escaped, params, hash, path }: hbs.AST.MustacheStatement): void {
  if (!escaped) reading.problems.add('three braces or & would leave what is filled in unescaped')
  if (params.length > 0 || hash) reading.problems.add('a placeholder holds the name of one value and nothing else')
  readValue(reading, path as hbs.AST.Expression)
}

function readBlock(reading: Reading, block: hbs.AST.BlockStatement, depth: number): void {
  const name = String((block.path as hbs.AST.PathExpression).original)
  if (name !== 'if' && name !== 'unless') reading.problems.add(`{{#${name}}} is not allowed: only if and unless are`)
  const [condition] = block.params
  if (block.params.length !== 1 || !condition || block.hash) reading.problems.add('if and unless ask for one value')
  else readValue(reading, condition)
  if (block.program) readProgram(reading, block.program, depth + 1)
  if (block.inverse) readProgram(reading, block.inverse, depth + 1)
}

function readProgram(reading: Reading, { body, blockParams }: hbs.AST.Program, depth: number): void {
  if (depth > templateLimits.depth) {
    reading.problems.add(`more than ${templateLimits.depth} conditions inside each other`)
    return
  }
  if (blockParams?.length) reading.problems.add('conditions have no parameters')
  for (const node of body) {
    if (node.type === 'MustacheStatement') readMustache(reading, node as hbs.AST.MustacheStatement)
    else if (node.type === 'BlockStatement') readBlock(reading, node as hbs.AST.BlockStatement, depth)
    else if (node.type !== 'ContentStatement')
      reading.problems.add(`${node.type.replace('Statement', '').toLowerCase()} is not allowed between {{ and }}`)
  }
}

/**
 * What a template asks for, and what is wrong with how it asks. Without `known`, any name is welcome: for a template that
 * has been checked before.
 */
export function readPlaceholders(source: string, known: Known | null): Placeholders {
  // Counted before it is parsed: parsing is what a bomb is made for.
  if (source.length > templateLimits.bytes)
    return { problems: [`larger than ${templateLimits.bytes / 1024} KB`], names: [] }
  if (source.split('{{').length - 1 > templateLimits.placeholders)
    return { problems: [`more than ${templateLimits.placeholders} placeholders`], names: [] }
  if (source.includes('\\{{')) return { problems: ['a placeholder cannot be escaped'], names: [] }
  const reading: Reading = { problems: new Set(), names: new Set(), known }
  try {
    readProgram(reading, Handlebars.parse(source), 0)
  } catch (cause) {
    reading.problems.add(`cannot be read: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unknown'}`)
  }
  return { problems: [...reading.problems], names: [...reading.names] }
}

/** From names with dots to what a template reads: objects without a prototype, strings alone in them. */
export function valuesOf(values: Iterable<readonly [string, string]>): object {
  const root: Record<string, unknown> = Object.create(null)
  for (const [name, value] of values) {
    const parts = name.split('.')
    const last = parts.pop() ?? name
    let place = root
    for (const part of parts) {
      place[part] ??= Object.create(null)
      place = place[part] as Record<string, unknown>
    }
    place[last] = value
  }
  return root
}

export type Template = (values: object) => string

const engine = Handlebars.create()
for (const helper of ['each', 'with', 'lookup', 'log']) engine.unregisterHelper(helper)

/** Compiles a checked template. `isHtml` says whether what is filled in must be escaped. */
export function compileTemplate(source: string, isHtml: boolean): Template {
  const template = engine.compile(source, {
    strict: true,
    noEscape: !isHtml,
    knownHelpersOnly: true,
    preventIndent: true,
    knownHelpers: { if: true, unless: true, each: false, with: false, log: false, lookup: false },
  })
  return (values) => template(values, { partials: {}, decorators: {} })
}
