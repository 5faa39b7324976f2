// Files: what the build made, the typefaces, the scripts, and the pictures of a brand. Kept in memory, packed once.

import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { asset, font, png } from '#core/themes'
import { type AssetName, assetNames, type Scheme } from '#core/themes/contract'
import { processState } from '#platform/process'
import { enhancement, passkeyScript } from '#web/enhancement'
import type { Site } from '#web/site'
import type { Answer } from './answer.ts'
import { type Packed, pack } from './encoding.ts'
import { filePolicy } from './policy.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const immutable = 'public, max-age=31536000, immutable'

const fileAnswer = (body: Packed, cacheControl = immutable, headers: Answer['headers'] = {}): Answer => ({
  status: 200,
  headers: { 'cache-control': cacheControl, 'content-security-policy': filePolicy, ...headers },
  body,
})

const openToAll = { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' }

const kept = () => processState('server.files', () => new LRUCache<string, Promise<Packed | null>>({ max: 2000 }))

/** Packs a file when it is first asked for; whatever does not exist is not remembered. */
const keep = async (
  key: string,
  load: () => Promise<{ body: Buffer; type: string } | null>,
): Promise<Packed | null> => {
  const known = kept().get(key)
  if (known) return known
  const packing = load().then((found) => found && pack(found.body, found.type))
  kept().set(key, packing)
  const packed = await packing.catch((error) => {
    kept().delete(key)
    throw error
  })
  if (packed === null) kept().delete(key)
  return packed
}

/** Only what pages load: stylesheets and their files. The framework's scripts are in no page, so they are not served. */
const builtFiles = (): ReadonlyMap<string, string> => {
  const folder = join(process.cwd(), '.next', 'static')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return new Map(
    names
      .filter((name) => ['.css', '.woff2', '.svg', '.png'].includes(extname(name)))
      .map((name) => [`/_next/static/${name.replaceAll('\\', '/')}`, join(folder, name)]),
  )
}

const built = async (path: string): Promise<Answer | null> => {
  const file = processState('server.built', builtFiles).get(path)
  if (file === undefined) return null
  const packed = await keep(path, async () => ({ body: readFileSync(file), type: types[extname(file)] ?? '' }))
  return packed && fileAnswer(packed)
}

const typeface = async (path: string): Promise<Answer | null> => {
  const packed = await keep(path, async () => {
    const body = await font(path.slice('/assets/fonts/'.length))
    return body && { body, type: 'font/woff2' }
  })
  // Mails show them as well, from wherever they are read; there is nothing in a typeface to keep from anybody.
  return packed && fileAnswer(packed, immutable, openToAll)
}

const script = async (path: string): Promise<Answer | null> => {
  const current = [enhancement(), passkeyScript()].find((one) => one.path === path)
  if (!current) return null
  const packed = await keep(path, async () => ({ body: current.body, type: 'text/javascript; charset=utf-8' }))
  return packed && fileAnswer(packed)
}

/** Files that are the same for everybody, at any address. Null where there is none. */
export const sharedFile = (path: string): Promise<Answer | null> | null => {
  if (path.startsWith('/_next/static/')) return built(path)
  if (path.startsWith('/assets/fonts/')) return typeface(path)
  return /^\/assets\/(?:enhance|passkey)-/.test(path) ? script(path) : null
}

const pictureShape = new RegExp(
  `^/assets/([A-Za-z0-9_-]{1,40})/(${assetNames.join('|')})-(light|dark)(?:-([1-9]\\d{1,3})\\.png|\\.svg)$`,
)

/** Pixels; a picture is drawn in the first of these that is wide enough, so that nobody can ask for ever new ones. */
const widths = [64, 128, 256, 384, 512, 768, 1200, 1600] as const
const drawnWidth = (asked: number): number => widths.find((width) => width >= asked) ?? 1600

/**
 * A picture of the brand: `/assets/<theme version>/<name>-<scheme>.svg`, or `…-<width>.png` for mails. Mails outlive
 * versions, so another version gets the present picture, which then may not be kept for long.
 */
export const brandFile = async (site: Site, path: string): Promise<Answer | null> => {
  const [, version, name, scheme, width] = pictureShape.exec(path) ?? []
  if (version === undefined) return null
  const { theme } = site
  const pixels = width === undefined ? null : drawnWidth(Number(width))
  const drawn = await keep(`${theme.version} ${name} ${scheme} ${pixels ?? 'svg'}`, async () => {
    if (pixels !== null) {
      const body = await png(theme, name as AssetName, scheme as Scheme, pixels)
      return body && { body, type: 'image/png' }
    }
    const svg = asset(theme, name as AssetName, scheme as Scheme)
    return svg === null ? null : { body: Buffer.from(svg), type: 'image/svg+xml' }
  })
  const cacheControl = version === theme.version ? immutable : 'public, max-age=3600'
  // Pictures are shown by mail programs and by the pages of applications, so they may be embedded anywhere.
  return drawn && fileAnswer(drawn, cacheControl, { 'cross-origin-resource-policy': 'cross-origin' })
}

/** For whoever asks for it without having read a page. */
export const favicon = async (site: Site): Promise<Answer | null> => {
  const name = site.theme.assets.favicon ? 'favicon' : 'mark'
  const packed = await keep(`${site.theme.version} ${name} ico`, async () => {
    const body = await png(site.theme, name, 'light', 48)
    return body && { body, type: 'image/png' }
  })
  return packed && fileAnswer(packed, 'public, max-age=3600')
}
