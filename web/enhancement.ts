/**
 * The one script of the pages: comforts for forms that are whole without it. Read once, served under an address that
 * changes with its contents, so that it may be kept for ever.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processState } from '#platform/process'

type Enhancement = { path: string; body: Buffer }

/** Comments are for those who read the source, not for those who load it. */
const withoutComments = (source: string) =>
  source
    .replace(/^\s*\/\*\*?[\s\S]*?\*\/\n/gm, '')
    .replace(/^\s*\/\/.*\n/gm, '')
    .replace(/^\s+/gm, '')

export function enhancement(): Enhancement {
  return processState('web.enhancement', () => {
    const source = readFileSync(join(/* turbopackIgnore: true */ process.cwd(), 'ui', 'enhance', 'enhance.js'), 'utf8')
    const body = Buffer.from(withoutComments(source))
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12)
    return { path: `/assets/enhance-${hash}.js`, body }
  })
}
