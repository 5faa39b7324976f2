import { site as siteKey } from 'next/root-params'
import { Problem } from '#ui/screens/problem'
import { siteOf } from '#web/site'

/** A page of the site that does not exist, in the site's own clothes. */
export default async function NotFound() {
  return <Problem site={await siteOf(await siteKey())} status={404} />
}
