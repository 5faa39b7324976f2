import { Security } from '#ui/screens/security'
import { requireSession, type SiteParams } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'
import { securityOf } from '../_account.ts'

type Query = Promise<{ edit?: string | string[] }>

export default async function Page({ params, searchParams }: { params: SiteParams; searchParams: Query }) {
  const { site, session, flash } = await requireSession(params, '/account/security')
  const { edit } = await searchParams
  const row = typeof edit === 'string' ? edit : null
  return <Security site={site} data={await securityOf(session)} edit={row} {...answered(null, flash)} />
}
