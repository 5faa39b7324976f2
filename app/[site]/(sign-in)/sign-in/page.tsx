import { redirect } from 'next/navigation'
import { canonicalEmail } from '#core/people'
import { fail } from '#platform/failure'
import { Expired } from '#ui/screens/dead-end'
import { Step } from '#ui/screens/step'
import { OtherBrowser } from '#ui/screens/verify'
import { type SiteParams, type Visit, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'
import { beginAgain, drawPlace, isAtPlace } from '../../_place.tsx'

type Query = Promise<{ login_hint?: string | string[]; again?: string | string[] }>

/** A sign-up is shown here once it goes on like a sign-in; before that it has pages of its own. */
const attemptAt = async ({ attempt }: Visit) => {
  const view = await attempt('sign-in')
  if (view) return view
  const joining = await attempt('sign-up')
  return isAtPlace(joining) ? joining : null
}

/** Where signing in begins, and the place of whoever has begun. `again` begins anew: with what was typed, to `change` it. */
export default async function Page({ params, searchParams }: { params: SiteParams; searchParams: Query }) {
  const { login_hint: hint, again } = await searchParams
  const visited = await visit(params)
  const { site, session, flash } = visited
  const view = await attemptAt(visited)
  const isOver = view?.step === 'expired'
  // Whoever is signed in has nothing to do here, unless an answer has just led back.
  if (session && (!view || isOver) && !flash) return redirect(site.path('/account'))
  if (again === undefined) {
    if (isOver) return <Expired site={site} screen="sign-in" again={beginAgain} />
    if (isAtPlace(view)) {
      return view.place.page === '/sign-in' ? drawPlace(visited, view) : redirect(site.path(view.place.page))
    }
    const opened = view ? null : await visited.openedElsewhere()
    if (opened) return <OtherBrowser site={site} code={opened.code} path="/sign-in" />
  }
  const { values, ...answer } = answered(again === undefined ? view : null, flash)
  // Whoever was led here from a place that knows them finds their address filled in.
  const named = typeof hint === 'string' ? canonicalEmail(hint) : again === 'change' ? view?.values.username : null
  const filled = values ?? (named ? { username: named } : undefined)
  return <Step site={site} place={site.entry ?? fail('login.flow_broken')} values={filled} {...answer} />
}
