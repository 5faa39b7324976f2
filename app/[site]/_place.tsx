import { redirect } from 'next/navigation'
import type { ReactElement } from 'react'
import type { AttemptView } from '#core/login/contract'
import { Expired } from '#ui/screens/dead-end'
import { hasScreen, Step } from '#ui/screens/step'
import type { ScreenName } from '#ui/site'
import { type SiteParams, type Visit, visit } from '../_doors/visit.ts'
import { answered } from './_answered.ts'

export const beginAgain = '/sign-in?again=1'

type Standing = AttemptView & { place: NonNullable<AttemptView['place']> }

/** Whether an attempt stands at a place of a flow that has a page of its own. */
export const isAtPlace = (view: AttemptView | null): view is Standing =>
  view?.place !== undefined && hasScreen(view.place.step)

/** The page of the place where an attempt stands. */
export const drawPlace = ({ site, flash }: Pick<Visit, 'site' | 'flash'>, view: Standing): ReactElement => (
  <Step
    site={site}
    place={view.place}
    who={view.values.username ?? view.values.email}
    resendAt={view.resendAt}
    {...answered(view, flash)}
  />
)

/** An address at which places are shown: whoever stands elsewhere is led there, and whoever stands nowhere begins. */
export const placePage = async (params: SiteParams, here: '/mfa' | '/consent'): Promise<ReactElement> => {
  const visited = await visit(params)
  const { site, attempt } = visited
  const view = (await attempt('sign-in')) ?? (await attempt('sign-up'))
  const screen: ScreenName = here === '/mfa' ? 'mfa' : 'step-terms'
  if (view?.step === 'expired') return <Expired site={site} screen={screen} again={beginAgain} />
  if (!isAtPlace(view)) return redirect(site.path(view?.place?.page ?? '/sign-in'))
  return view.place.page === here ? drawPlace(visited, view) : redirect(site.path(view.place.page))
}
