import type { SiteParams } from '../../../_doors/visit.ts'
import { placePage } from '../../_place.tsx'

/** The second step: asked for, or set up where the organization requires one. */
export default function Page({ params }: { params: SiteParams }) {
  return placePage(params, '/mfa')
}
