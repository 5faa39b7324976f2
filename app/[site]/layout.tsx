import type { ReactNode } from 'react'
import { Document } from '#ui/frame/document'
import { enhancement } from '#web/enhancement'
import { siteOf } from '#web/site'
import '../../ui/styles/entry.css'

/** Never kept by the framework: the server in front keeps what may be kept, under a key that says all. */
export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ site: string }>; children: ReactNode }

/** The document of every page of a site: its brand is in the first byte. */
export default async function Layout({ params, children }: Props) {
  const site = await siteOf((await params).site)
  return (
    <Document site={site} script={enhancement().path}>
      {children}
    </Document>
  )
}
