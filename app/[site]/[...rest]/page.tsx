import { Problem } from '#ui/screens/problem'
import { siteOf } from '#web/site'

/**
 * Whatever no page answers is the site's own "not found". Calling notFound() would leave the page to be drawn by
 * scripts, which these pages do not have, so it is drawn here and says by the meta element which status it deserves.
 */
export default async function Page({ params }: { params: Promise<{ site: string }> }) {
  const site = await siteOf((await params).site)
  return (
    <>
      <meta name="livery-status" content="404" />
      <Problem site={site} status={404} />
    </>
  )
}
