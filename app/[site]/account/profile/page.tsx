import { type EditedRow, Profile } from '#ui/screens/profile'
import { requireSession, type SiteParams } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'
import { accountOf } from '../_account.ts'

type Query = Promise<{ edit?: string | string[] }>
const rows: Record<string, EditedRow> = { name: 'name', username: 'username', phone: 'phone', locale: 'locale' }

export default async function Page({ params, searchParams }: { params: SiteParams; searchParams: Query }) {
  const { site, session, flash } = await requireSession(params, '/account/profile')
  const { edit } = await searchParams
  const row = typeof edit === 'string' && Object.hasOwn(rows, edit) ? rows[edit] : null
  const { signal, ...data } = await accountOf(session)
  return (
    <>
      <Profile site={site} data={data} edit={row} {...answered(null, flash)} />
      {signal ? <span hidden data-passkey-signal={signal} /> : null}
    </>
  )
}
