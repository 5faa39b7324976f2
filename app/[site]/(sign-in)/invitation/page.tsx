import { Invitation } from '#ui/screens/invitation'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'
import { accountOf } from '../../account/_account.ts'

/** Where the link of an invitation leads. Looking at it joins nobody to anything. */
export default async function Page({ params }: { params: SiteParams }) {
  const { site, session, flash, attempt, invitation } = await visit(params)
  const look = await invitation()
  const view = await attempt('sign-up')
  // A sign-up that is further on has nothing to say here.
  const refused = view?.step === 'password' ? view : null
  const signedInAs = session ? (await accountOf(session)).person.email : null
  return <Invitation site={site} look={look} signedInAs={signedInAs} {...answered(refused, flash)} />
}
