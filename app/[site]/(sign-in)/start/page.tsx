import { redirect } from 'next/navigation'
import { Start } from '#ui/screens/start'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

type Query = Promise<{ again?: string }>

/** A business becomes an organization below this one. The page is there only where that is possible. */
export default async function Page({ params, searchParams }: { params: SiteParams; searchParams: Query }) {
  const isAnew = (await searchParams).again !== undefined
  const { site, flash, attempt, starting } = await visit(params)
  const view = await attempt('start')
  if (view?.step === 'check-mail' && !isAnew) return redirect(site.path('/verify'))
  // What has come to its end is shown, and typed into no form again.
  const shown = view?.step === 'done' ? null : view
  return <Start site={site} look={await starting(isAnew)} {...answered(shown, flash)} />
}
