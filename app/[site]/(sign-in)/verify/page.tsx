import { redirect } from 'next/navigation'
import { CheckMail } from '#ui/screens/check-mail'
import { Expired } from '#ui/screens/dead-end'
import { Verify } from '#ui/screens/verify'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

/** Where a link of a mail leads, and where the code of the same mail is typed. Looking at it does nothing. */
export default async function Page({ params }: { params: SiteParams }) {
  const { site, flash, attempt, verification } = await visit(params)
  const view = (await attempt('sign-up')) ?? (await attempt('start'))
  const of = view?.kind === 'start' ? 'start' : 'sign-up'
  const answer = answered(view, flash)
  const link = await verification()
  if (link) return <Verify site={site} {...link} {...answer} />
  if (view?.step === 'expired') return <Expired site={site} screen="check-mail" again={`/${of}`} />
  if (view?.step === 'check-mail' && view.maskedEmail) {
    return <CheckMail site={site} of={of} email={view.maskedEmail} resendAt={view.resendAt} {...answer} />
  }
  return redirect(site.path(`/${of}`))
}
