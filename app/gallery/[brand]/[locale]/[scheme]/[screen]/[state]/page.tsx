import { notFound } from 'next/navigation'
import { drawingOf } from '#ui/touch-points'
import { type GalleryParams, sampleSite } from '../../../../../sample-site.ts'

/** One touch point in one state, exactly as the organization's own pages draw it. */
export default async function Page({ params }: { params: Promise<GalleryParams & { screen: string; state: string }> }) {
  const { screen, state, ...where } = await params
  const site = await sampleSite(where)
  const draw = drawingOf(screen, state)
  if (!site || !draw) notFound()
  return draw(site)
}
