/**
 * The scripts of the pages: comforts for forms that are whole without them, and what passkeys cannot do without. Read once,
 * served under addresses that change with their contents, so that they may be kept for ever.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processState } from '#platform/process'

type Script = { path: string; body: Buffer }

/** Comments are for those who read the source, not for those who load it. */
const withoutComments = (source: string) =>
  source
    .replace(/^\s*\/\*\*?[\s\S]*?\*\/\n/gm, '')
    .replace(/^\s*\/\/.*\n/gm, '')
    .replace(/^\s+/gm, '')

const scriptOf = (name: 'enhance' | 'passkey'): Script =>
  processState(`web.script.${name}`, () => {
    const source = readFileSync(join(/* turbopackIgnore: true */ process.cwd(), 'ui', 'enhance', `${name}.js`), 'utf8')
    const body = Buffer.from(withoutComments(source))
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12)
    return { path: `/assets/${name}-${hash}.js`, body }
  })

/** In every page. */
export const enhancement = (): Script => scriptOf('enhance')

/** In pages that use passkeys alone. */
export const passkeyScript = (): Script => scriptOf('passkey')
