import { profile, shownRecoveryCodes } from '#core/account'
import { isId } from '#platform/ids'
import { siteOf } from '#web/site'
import { loginContext } from '../../../../../_doors/context.ts'
import { goTo } from '../../../../../_doors/form.ts'
import { type SiteParams, sessionOf } from '../../../../../_doors/visit.ts'

/** The codes that were just made, as a file to keep. */
export async function GET(request: Request, { params }: { params: SiteParams }) {
  const site = await siteOf((await params).site)
  const session = await sessionOf(site, await loginContext(site))
  if (!session) return goTo(site.path('/sign-in/return?to=/account/security'))
  const made = new URL(request.url).searchParams.get('made')
  const shown = isId('nte', made) ? await shownRecoveryCodes(session.context, made) : null
  // Without a body: the server in front draws the site's own page.
  if (!shown) return new Response(null, { status: 404 })
  const { person } = await profile(session.context)
  const whose = site.texts.t('recovery-codes.whose', { organization: site.organization.name, at: shown.madeAt })
  const text = [`${whose} ${person.email}`, '', ...shown.codes, '', site.texts.t('recovery-codes.lead'), ''].join('\n')
  return new Response(text, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="recovery-codes.txt"',
    },
  })
}
