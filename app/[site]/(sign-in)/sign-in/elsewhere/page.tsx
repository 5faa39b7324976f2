import { redirect } from 'next/navigation'
import { SignInElsewhere } from '#ui/screens/sign-in-elsewhere'
import { wayElsewhere } from '../../../../_doors/elsewhere.ts'
import { type SiteParams, visit } from '../../../../_doors/visit.ts'

/**
 * Leads to another host. Not by a redirect: a browser that holds the form to this origin would refuse to follow it. Where it
 * does not go on by itself, there is a link.
 */
export default async function Page({ params }: { params: SiteParams }) {
  const { site, flash } = await visit(params)
  const way = wayElsewhere(flash)
  if (!way) return redirect(site.path('/sign-in'))
  return (
    <>
      <meta httpEquiv="refresh" content={`0;url=${way.href}`} />
      <SignInElsewhere site={site} {...way} />
    </>
  )
}
