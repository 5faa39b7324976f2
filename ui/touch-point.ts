/** A page that a person meets, with the states that it can be in. */
import type { ReactElement } from 'react'
import type { ScreenName, UiSite } from './site.tsx'

export type Draw = (site: UiSite) => ReactElement

export type TouchPoint = {
  screen: ScreenName
  /** Where it is met below a site. */
  path: string
  audience: 'visitor' | 'person' | 'administrator'
  states: { default: Draw } & Record<string, Draw>
}
