import { leaveFlash } from '../../../../_doors/flash.ts'
import { goTo } from '../../../../_doors/form.ts'
import { readHint } from '../../../../_doors/hint.ts'
import { type SiteParams, visit } from '../../../../_doors/visit.ts'

/** Whoever was led here by their address: it moves out of the address bar into the form. */
export const GET = async (request: Request, { params }: { params: SiteParams }): Promise<Response> => {
  const { site, session } = await visit(params)
  if (session) return goTo(site.path('/account'))
  const hint = readHint(site.organization.id, new URL(request.url).searchParams.get('hint'))
  if (hint) {
    const code = hint.hasTyped ? 'sign_in_here_typed' : 'sign_in_here'
    await leaveFlash(site, { kind: 'success', code, values: { username: hint.username } })
  }
  return goTo(site.path('/sign-in'))
}
