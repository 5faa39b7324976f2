import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { forms, pages } from './routes.ts'

const site = 'app/[site]'
/** Folders in brackets of round shape are no part of an address. */
const addressesOf = (file: string, below = site): string[] =>
  readdirSync(below, { recursive: true, encoding: 'utf8' })
    .filter((name) => name === file || name.endsWith(`/${file}`))
    .map((name) => `/${name.slice(0, -file.length - 1)}`.replaceAll(/\/\([^)]*\)/g, ''))

it('are the pages of app, and no others', () => {
  const drawn = [...addressesOf('page.tsx'), ...addressesOf('route.ts')].filter((path) => !path.startsWith('/post/'))
  expect([...pages.keys()].sort()).toEqual(drawn.filter((path) => path !== '/problem/[status]').sort())
})

it('are the forms of app, and no others', () => {
  expect([...forms].sort()).toEqual(addressesOf('route.ts', `${site}/post`).sort())
})
