import { redirect } from 'next/navigation'
import { Expired } from '#ui/screens/dead-end'
import { Mfa } from '#ui/screens/mfa'
import { MfaEnrol } from '#ui/screens/mfa-enrol'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

/** The second step: asked for, or set up where the organization requires one. */
export default async function Page({ params }: { params: SiteParams }) {
  const { site, flash, attempt } = await visit(params)
  const view = (await attempt('sign-in')) ?? (await attempt('sign-up'))
  const email = view?.values.username ?? view?.values.email
  const answer = answered(view, flash)
  switch (view?.step) {
    case 'totp':
      return <Mfa site={site} email={email} {...answer} />
    case 'enrol':
      if (view.enrolment) return <MfaEnrol site={site} email={email} enrolment={view.enrolment} {...answer} />
      return redirect(site.path('/sign-in'))
    case 'expired':
      return <Expired site={site} screen="mfa" again="/sign-in" />
    default:
      return redirect(site.path('/sign-in'))
  }
}
