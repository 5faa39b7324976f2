// What exists in demo and dev alone, at the root's own address: the gallery of every touch point, and the mailbox.

import { listMail } from '#core/emails'
import { type Answer, json } from './answer.ts'
import { type Asked, isPlain } from './asked.ts'
import { etagOf } from './encoding.ts'
import { mailboxPage } from './mailbox.ts'
import type { Render } from './next.ts'
import { finished } from './pages.ts'
import { mailPolicy } from './policy.ts'

const mostMails = 200

const mailbox = async (asked: Asked): Promise<Answer> => {
  const to = asked.query.get('to')
  const mails = await listMail({ limit: mostMails, ...(to ? { to } : {}) })
  if (asked.path === '/dev/mail.json') return json(200, mails)
  const { html, policy } = mailboxPage(mails, { to, id: asked.query.get('id') })
  const body = Buffer.from(html)
  return {
    status: 200,
    headers: { 'cache-control': 'no-store', 'content-security-policy': policy },
    body: { etag: etagOf(body), type: 'text/html; charset=utf-8', bodies: { identity: body } },
  }
}

const mailSample = /^(?:\/[^/]+){4}\/emails\//

const gallery = async (render: Render, asked: Asked): Promise<Answer | null> => {
  const query = asked.hasQuery ? `?${asked.query}` : ''
  const response = await render({ method: 'GET', path: asked.path + query, headers: { host: 'localhost' } })
  if (response.status !== 200) return null
  const { answer } = finished(response, null, { frames: 'own', showsFrames: asked.path === '/gallery' })
  const policy: Answer['headers'] = mailSample.test(asked.path) ? { 'content-security-policy': mailPolicy } : {}
  const headers = { ...answer.headers, ...policy, 'cache-control': 'no-store', 'x-frame-options': 'SAMEORIGIN' }
  return { ...answer, headers }
}

/** The answer to an address of the workbench; null where there is none. */
export const workbench = async (render: Render, asked: Asked): Promise<Answer | null> => {
  if (asked.path === '/dev/mail' || asked.path === '/dev/mail.json') return mailbox(asked)
  const isGallery = asked.path === '/gallery' || asked.path.startsWith('/gallery/')
  return isGallery && isPlain(asked.path) ? gallery(render, asked) : null
}
