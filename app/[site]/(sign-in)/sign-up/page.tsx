import { redirect } from 'next/navigation'
import { SignUp } from '#ui/screens/sign-up'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

export default async function Page({ params }: { params: SiteParams }) {
  const { site, session, flash, attempt } = await visit(params)
  const view = await attempt('sign-up')
  // Whoever is signed in has nothing to do here, unless an answer has just led back.
  if (session && !view && !flash) return redirect(site.path('/account'))
  return <SignUp site={site} {...answered(view, flash)} />
}
