// The screens that pages are made of, as the interface names them in ui/site.tsx.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

const namesIn = (type: string): string[] => {
  const source = readFileSync(join(root, 'ui/site.tsx'), 'utf8')
  const union = new RegExp(`export type ${type} =([\\s|'a-z-]+)`).exec(source)?.[1] ?? ''
  return [...union.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name)
}

/** Of the console at /organization. */
export const consoleScreens = (): string[] => namesIn('ConsoleScreen')

export const screenNames = (): string[] => [...namesIn('ScreenName'), ...consoleScreens()]
