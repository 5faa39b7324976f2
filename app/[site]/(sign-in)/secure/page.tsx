import { Secure } from '#ui/screens/secure'
import { type SiteParams, visit } from '../../../_doors/visit.ts'

/** Where "This wasn't me" leads. It ends nothing before the form is sent. */
export default async function Page({ params }: { params: SiteParams }) {
  const { site, wayOut } = await visit(params)
  return <Secure site={site} {...(await wayOut())} />
}
