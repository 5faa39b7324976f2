/**
 * Puts an email together before it is compiled: the layout, the drawing in its slot, the parts that both name, and the
 * brand. Runs in the compiler's thread.
 *
 * A colour goes in as a stand-in, a hex value that means this colour and no other. So the strict compiler sees a colour,
 * and in what it wrote each place can still be told apart from another one that happens to look the same (see dark.ts).
 */
import type { CompileJob, CompileProblem, Look } from './job.ts'

const longest = 256 * 1024
const partShape = /<part\s+name="([a-z-]{1,40})"\s*\/>/g
const slotShape = /<slot\s*\/>/

export const standInShape = /#fe1a([0-9a-f]{2})/g
const standIn = (index: number) => `#fe1a${index.toString(16).padStart(2, '0')}`

/** The names of the colours, in the order in which their stand-ins count them. */
export const colorNames = (look: Look): string[] => Object.keys(look.colors).sort()

/** What a brand decides: filled in before the drawing is compiled. */
export function brandValues(look: Look, locale: string, dir: 'ltr' | 'rtl'): Map<string, string> {
  const values = new Map(Object.entries(look.values))
  for (const [index, name] of colorNames(look).entries()) values.set(`color.${name}`, standIn(index))
  values.set('lang', locale)
  values.set('dir', dir)
  values.set('side.start', dir === 'rtl' ? 'right' : 'left')
  values.set('side.end', dir === 'rtl' ? 'left' : 'right')
  return values
}

export const fillIn = (source: string, values: ReadonlyMap<string, string>): string =>
  source.replace(/\{\{\s*([a-zA-Z][\w.-]*)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole)

/** The part that stands for a name: what a brand has no picture for is said in words, or left out. */
const partFor = (name: string, { parts, look }: CompileJob): string | undefined => {
  if (name === 'art' && !look.has.art) return ''
  if (name === 'logo' && !look.has.logo) return parts['logo-in-words']
  return parts[name]
}

/** One document for the compiler, or what keeps it from being one. */
export function compose(job: CompileJob): { mjml: string; problems: CompileProblem[] } {
  const problems: CompileProblem[] = []
  const ownBody = /<mj-body\b[\s\S]*<\/mj-body>/.exec(job.source)?.[0]
  const whole = ownBody
    ? job.layout.replace(/<mj-body>[\s\S]*<\/mj-body>/, () => ownBody)
    : job.layout.replace(slotShape, () => job.source)
  const withParts = whole.replace(partShape, (_, name: string) => {
    const part = partFor(name, job)
    if (part !== undefined) return part
    problems.push({ code: 'emails.unknown_part', message: `there is no part called ${name}` })
    return ''
  })
  if (withParts.length > longest)
    problems.push({ code: 'emails.too_large', message: `larger than ${longest / 1024} KB when it is put together` })
  return { mjml: fillIn(withParts, brandValues(job.look, job.locale, job.dir)), problems }
}
