import { Account } from '#ui/screens/account'
import { requireSession, type SiteParams } from '../../_doors/visit.ts'
import { answered } from '../_answered.ts'
import { accountOf } from './_account.ts'

export default async function Page({ params }: { params: SiteParams }) {
  const { site, session, flash } = await requireSession(params)
  return <Account site={site} data={await accountOf(session)} notice={answered(null, flash).notice} />
}
