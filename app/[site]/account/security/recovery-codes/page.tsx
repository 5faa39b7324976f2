import { redirect } from 'next/navigation'
import { shownRecoveryCodes } from '#core/account'
import { isId } from '#platform/ids'
import { RecoveryCodes } from '#ui/screens/recovery-codes'
import { requireSession, type SiteParams } from '../../../../_doors/visit.ts'
import { accountOf } from '../../_account.ts'

type Query = Promise<{ made?: string | string[] }>

export default async function Page({ params, searchParams }: { params: SiteParams; searchParams: Query }) {
  const { site, session } = await requireSession(params, '/account/security')
  const { made } = await searchParams
  const shown = isId('nte', made) ? await shownRecoveryCodes(session.context, made) : null
  if (!shown || !isId('nte', made)) return redirect(site.path('/account/security#recovery-codes'))
  const { person } = await accountOf(session)
  return <RecoveryCodes site={site} data={{ person, made, ...shown }} />
}
