import { renderSample } from '#core/emails'
import { directory } from '#core/organizations'
import { type GalleryParams, isGalleryOpen, sampleSite } from '../../../../../sample-site.ts'

/** The email as it is sent, with its sample data. Dark follows the device, as it does in a mail program. */
export async function GET(_: Request, { params }: { params: Promise<GalleryParams & { template: string }> }) {
  const { template, ...where } = await params
  const site = isGalleryOpen() ? await sampleSite(where) : null
  const organization = site ? directory().byHandle(where.brand) : undefined
  const email = organization ? await renderSample(template, organization.id, where.locale) : null
  if (!email) return new Response('Not found', { status: 404 })
  return new Response(email.html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
