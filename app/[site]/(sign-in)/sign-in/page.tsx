import { redirect } from 'next/navigation'
import { canonicalEmail } from '#core/people'
import { SignIn } from '#ui/screens/sign-in'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

type Query = Promise<{ login_hint?: string | string[] }>

export default async function Page({ params, searchParams }: { params: SiteParams; searchParams: Query }) {
  const { site, session, flash, attempt } = await visit(params)
  const view = await attempt('sign-in')
  // Whoever is signed in has nothing to do here, unless an answer has just led back.
  if (session && !view && !flash) return redirect(site.path('/account'))
  const answer = answered(view, flash)
  // Whoever was led here from a place that knows them finds their address filled in.
  const { login_hint: hint } = await searchParams
  const username = typeof hint === 'string' ? canonicalEmail(hint) : null
  return <SignIn site={site} {...answer} values={answer.values ?? (username ? { username } : undefined)} />
}
