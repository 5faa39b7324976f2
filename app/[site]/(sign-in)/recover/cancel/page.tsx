import { RecoverCancel } from '#ui/screens/recover-factor'
import { type SiteParams, visit } from '../../../../_doors/visit.ts'
import { answered } from '../../../_answered.ts'

/** Where somebody says that it was not them who asked. It ends nothing before the form is sent. */
export default async function Page({ params }: { params: SiteParams }) {
  const { site, flash, recoveryLink } = await visit(params)
  return <RecoverCancel site={site} {...(await recoveryLink('cancel'))} {...answered(null, flash)} />
}
