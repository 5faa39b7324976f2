import { Account } from '#ui/screens/account'
import { requireSession, type SiteParams } from '../../_doors/visit.ts'
import { answered } from '../_answered.ts'
import { accountOf } from './_account.ts'

export default async function Page({ params }: { params: SiteParams }) {
  const { site, session, flash } = await requireSession(params)
  const { secondStep, ...data } = await accountOf(session)
  return (
    <Account
      site={site}
      data={{ ...data, secondStepAt: secondStep?.addedAt ?? null }}
      notice={answered(null, flash).notice}
    />
  )
}
