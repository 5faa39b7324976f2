import { ownSessions, trustedDevices } from '#core/account'
import { now } from '#platform/clock'
import { Sessions } from '#ui/screens/sessions'
import { requireSession, type SiteParams } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'
import { accountOf } from '../_account.ts'

export default async function Page({ params }: { params: SiteParams }) {
  const { site, session, flash } = await requireSession(params, '/account/sessions')
  const { organizationId, by } = session.context
  const { person } = await accountOf(session)
  const data = {
    person,
    sessions: await ownSessions(organizationId, by),
    currentId: session.id,
    trusted: await trustedDevices(organizationId, by),
    now: now(),
  }
  return <Sessions site={site} data={data} {...answered(null, flash)} />
}
