import type { ReactNode } from 'react'
import { Document } from '#ui/frame/document'
import '../../../../../ui/styles/entry.css'
import { notFound } from 'next/navigation'
import { enhancement } from '#web/enhancement'
import { type GalleryParams, sampleSite } from '../../../sample-site.ts'

export const dynamic = 'force-dynamic'

export default async function Layout({ params, children }: { params: Promise<GalleryParams>; children: ReactNode }) {
  const site = await sampleSite(await params)
  if (!site) notFound()
  return (
    <Document site={site} script={enhancement().path}>
      {children}
    </Document>
  )
}
