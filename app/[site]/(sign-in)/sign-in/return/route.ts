import { siteOf } from '#web/site'
import { isReturnPath } from '../../../../_doors/answer.ts'
import { writeCookie } from '../../../../_doors/context.ts'
import { goTo } from '../../../../_doors/form.ts'
import type { SiteParams } from '../../../../_doors/visit.ts'

/** Whoever was on the way to a page of My Account signs in first. A page cannot set the cookie that remembers it. */
export const GET = async (request: Request, { params }: { params: SiteParams }): Promise<Response> => {
  const site = await siteOf((await params).site)
  const wanted = new URL(request.url).searchParams.get('to')
  if (wanted !== null && isReturnPath(wanted)) await writeCookie(site, 'return', wanted)
  return goTo(site.path('/sign-in'))
}
