import { Problem, type ProblemStatus, problemStatuses } from '#ui/screens/problem'
import { siteOf } from '#web/site'

type Props = { params: Promise<{ site: string; status: string }>; searchParams: Promise<{ reference?: string }> }

/** What went wrong before a page could be drawn, in the clothes of the site. Reached by the server in front alone. */
export default async function Page({ params, searchParams }: Props) {
  const { site, status } = await params
  const { reference } = await searchParams
  const known: ProblemStatus = problemStatuses.find((one) => String(one) === status) ?? 404
  return (
    <>
      <meta name="livery-status" content={String(known)} />
      <Problem site={await siteOf(site)} status={known} {...(reference ? { reference } : {})} />
    </>
  )
}
