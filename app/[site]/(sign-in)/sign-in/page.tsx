import { SignIn } from '#ui/screens/sign-in'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

export default async function Page({ params }: { params: SiteParams }) {
  const { site, flash, attempt } = await visit(params)
  return <SignIn site={site} {...answered(await attempt('sign-in'), flash)} />
}
