import { formOfKept, proofAsked } from '#core/account'
import { Confirm } from '#ui/screens/confirm'
import { keptIn } from '../../../_doors/confirm.ts'
import { ownForms } from '../../../_doors/own/forms.ts'
import { requireSession, type SiteParams } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'
import { accountOf } from '../_account.ts'

type Query = Promise<{ kept?: string | string[] }>
const otherwise = '/account/security'

export default async function Page({ params, searchParams }: { params: SiteParams; searchParams: Query }) {
  const { site, session, flash } = await requireSession(params, otherwise)
  const kept = keptIn((await searchParams).kept)
  const form = kept === null ? null : await formOfKept(session.context, kept)
  const { person } = await accountOf(session)
  const data = {
    person,
    asked: await proofAsked(session.context),
    kept,
    back: ownForms.get(form ?? '')?.page ?? otherwise,
  }
  return <Confirm site={site} data={data} {...answered(null, flash)} />
}
