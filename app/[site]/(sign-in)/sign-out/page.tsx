import { SignOut } from '#ui/screens/sign-out'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { accountOf } from '../../account/_account.ts'

export default async function Page({ params }: { params: SiteParams }) {
  const { site, session } = await visit(params)
  const email = session ? (await accountOf(session)).person.email : null
  return <SignOut site={site} email={email} />
}
