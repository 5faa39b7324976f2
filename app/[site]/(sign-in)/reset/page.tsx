import { Reset } from '#ui/screens/reset'
import { type SiteParams, visit } from '../../../_doors/visit.ts'
import { answered } from '../../_answered.ts'

/** Where the link of a recovery leads. It sets nothing before the form is sent. */
export default async function Page({ params }: { params: SiteParams }) {
  const { site, flash, resetLink } = await visit(params)
  const link = (await resetLink()) ?? { state: 'unknown' as const }
  return <Reset site={site} {...link} {...answered(null, flash)} />
}
