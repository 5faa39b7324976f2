// The server in front lets only listed addresses through, so the list and the folders have to say the same.

import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { forms, pages } from '#web/routes'

const app = join(import.meta.dirname, '../../app')

/** Addresses below a site: folders in parentheses are for us alone. */
const addresses = (file: string): string[] =>
  globSync(`[[]site[]]/**/${file}`, { cwd: app }).map((found) =>
    found
      .replace(/^\[site\]/, '')
      .replace(/\/\([^)]*\)/g, '')
      .replace(/\/[^/]+$/, ''),
  )

const isForm = (address: string) => address.startsWith('/post/')
const isProblem = (address: string) => address.startsWith('/problem/')

it('every page of a site is listed, and every one listed is there', () => {
  const drawn = [...addresses('page.tsx'), ...addresses('route.ts')].filter((one) => !isForm(one) && !isProblem(one))
  expect(drawn.toSorted()).toEqual([...pages.keys()].toSorted())
})

it('every form has a door, and every door a form', () => {
  const doors = addresses('route.ts').filter(isForm)
  expect(doors.toSorted()).toEqual([...forms].map((form) => `/post${form}`).toSorted())
})

it('only entry pages are kept for everybody', () => {
  const shared = [...pages].filter(([, { isShared }]) => isShared).map(([path]) => path)
  expect(shared.toSorted()).toEqual(['/recover', '/sign-in', '/sign-out', '/sign-up'])
})
