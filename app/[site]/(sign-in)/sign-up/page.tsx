import { SignUp } from '#ui/screens/sign-up'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

export default async function Page({ params }: { params: SiteParams }) {
  const { site, flash, attempt } = await visit(params)
  return <SignUp site={site} {...answered(await attempt('sign-up'), flash)} />
}
