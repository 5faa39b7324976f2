import { hasUsernames } from '#core/people/contract'
import { CheckMail } from '#ui/screens/check-mail'
import { Expired } from '#ui/screens/dead-end'
import { Recover } from '#ui/screens/recover'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

type Query = Promise<{ again?: string; of?: string }>

export default async function Page({ params, searchParams }: { params: SiteParams; searchParams: Query }) {
  const { site, flash, attempt } = await visit(params)
  const view = await attempt('recovery')
  const answer = answered(view, flash)
  const { again, of } = await searchParams
  if (of === 'name' && hasUsernames(site.organization)) return <Recover site={site} isOfName {...answer} />
  if (view?.step === 'expired') return <Expired site={site} screen="recover" again="/recover?again=1" />
  if (view?.step === 'check-mail' && view.maskedEmail && again === undefined) {
    return <CheckMail site={site} of="recovery" email={view.maskedEmail} resendAt={view.resendAt} {...answer} />
  }
  return <Recover site={site} {...answer} />
}
