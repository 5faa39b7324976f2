import { RecoverFactor } from '#ui/screens/recover-factor'
import { type SiteParams, visit } from '../../../../_doors/visit.ts'
import { answered } from '../../../_answered.ts'

/** Where the link leads that removes a lost second step. It removes nothing before the form is sent. */
export default async function Page({ params }: { params: SiteParams }) {
  const { site, flash, recoveryLink } = await visit(params)
  return <RecoverFactor site={site} {...(await recoveryLink('factor'))} {...answered(null, flash)} />
}
