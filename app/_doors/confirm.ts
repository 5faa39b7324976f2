// The door of the form in which somebody proves themselves again. The session goes on under another secret, and what they were
// about to do is done as if it had just been sent.

import { proveAgain, takeKept } from '#core/account'
import type { Answer } from '#core/people/contract'
import { now } from '#platform/clock'
import { isFailure } from '#platform/failure'
import { isId } from '#platform/ids'
import { siteOf } from '#web/site'
import { readForm } from './answer.ts'
import { loginContext, writeCookie } from './context.ts'
import { leaveFlash } from './flash.ts'
import { confirmPath, goTo, leaveRefusal, performOwn, type Route } from './form.ts'
import { ownForms } from './own/forms.ts'
import { type PageSession, sessionOf } from './visit.ts'

/** Where somebody goes on who has proven themselves, and had nothing kept, or too long ago. */
const otherwise = '/account/security'

/** The id of what is kept, as an address or a form says it. */
export const keptIn = (given: Answer[string]): string | null => (isId('nte', given) ? given : null)

const provenNow = (session: PageSession): PageSession => {
  const provenAt = now()
  const { context } = session
  return { ...session, provenAt, context: { ...context, session: { ...context.session, provenAt } } }
}

export const answeringProof: Route = async (request, { params }) => {
  const site = await siteOf((await params).site)
  const answer = await readForm(request)
  const session = await sessionOf(site, await loginContext(site))
  if (!session) {
    await writeCookie(site, 'return', otherwise)
    return goTo(site.path('/sign-in'))
  }
  const id = keptIn(answer.kept)
  try {
    await writeCookie(site, 'session', (await proveAgain(session.context, answer)).secret)
  } catch (error) {
    if (!isFailure(error)) throw error
    await leaveRefusal(site, error)
    return goTo(site.path(confirmPath(id)))
  }
  const proven = provenNow(session)
  const kept = id === null ? null : await takeKept(proven.context, id)
  const form = kept && ownForms.get(kept.form)
  if (form) return performOwn(form, { site, answer: kept.answer, session: proven })
  await leaveFlash(site, { kind: 'success', code: 'proven' })
  return goTo(site.path(otherwise))
}
