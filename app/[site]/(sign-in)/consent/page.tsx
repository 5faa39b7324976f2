import type { SiteParams } from '../../../_doors/visit.ts'
import { placePage } from '../../_place.tsx'

/** What the organization asks of somebody who has proven who they are: to agree to something, or to say more. */
export default function Page({ params }: { params: SiteParams }) {
  return placePage(params, '/consent')
}
