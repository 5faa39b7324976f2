import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fontFamilies } from './contract.ts'
import { facesOf, fontFiles, fontOf, fontPackages, preloadOf } from './fonts.ts'

const files = fontFiles(process.cwd())
const named = (css: string) => [...css.matchAll(/url\(\/assets\/fonts\/([^)]+)\)/g)].map((match) => match[1] ?? '')

describe('the typefaces', () => {
  it('lie on disk, every one that may be served', () => {
    expect(files.size).toBeGreaterThan(15)
    for (const [name, path] of files) {
      expect(name).toMatch(/^[a-z0-9-]+\.\d+-\d+-\d+\.woff2$/)
      expect(existsSync(path), path).toBe(true)
    }
  })
  it('carry the version of the installed package in their address', () => {
    for (const { pack, version } of fontPackages()) {
      const installed = JSON.parse(readFileSync(join('node_modules', pack, 'package.json'), 'utf8')) as {
        version: string
      }
      expect(installed.version, pack).toBe(version)
    }
  })
  it.each([...fontFamilies])('%s names only files of the list and speaks Arabic too', (family) => {
    const faces = facesOf([family])
    for (const name of [
      ...named(faces),
      ...named(
        preloadOf(family, family, 600)
          .latin.map((url) => `url(${url})`)
          .join(''),
      ),
    ]) {
      expect(files.has(name), name).toBe(true)
    }
    for (const url of preloadOf(family, family, 700).arabic)
      expect(files.has(url.slice('/assets/fonts/'.length))).toBe(true)
    expect(faces).toContain('ibm-plex-sans-arabic-arabic-400')
    expect(fontOf(family).stack).toContain('"IBM Plex Sans Arabic"')
    expect(faces.match(/@font-face/g)?.length).toBe(
      (faces.match(/font-display:swap/g)?.length ?? 0) + (faces.match(/size-adjust/g)?.length ?? 0),
    )
  })
})
