// The REST interface as a program of the sample world's root uses it, with the token of demo.json.

import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { linkIn, type Mail, newestMail } from './mail.ts'
import { ask, type Reply } from './raw.ts'
import { type Address, notes, origin } from './world.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Asks the interface, below `/api/v1` of the root's address. */
export const callApi = (
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> =>
  ask(`${origin()}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${notes().apiToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

export const answerOf = <T>(reply: Reply, status = 200): T => {
  expect([reply.status, reply.body]).toEqual([status, expect.anything()])
  return (reply.body === '' ? null : JSON.parse(reply.body)) as T
}

type Invited = { id: string; mail: Mail; link: string }

/** Asks somebody to join an organization, and waits for the mail that says so. */
export const inviteTo = async (handle: string, email: string, wish: Record<string, unknown> = {}): Promise<Invited> => {
  const reply = await callApi('POST', `/organizations/~${handle}/invitations`, { emails: [email], ...wish })
  const { results } = answerOf<{ results: { outcome: string; invitation_id: string }[] }>(reply)
  expect(results).toMatchObject([{ outcome: 'invited' }])
  const mail = await newestMail(email, 'invitation')
  return { id: results[0]?.invitation_id ?? '', mail, link: linkIn(mail) }
}

/** How an invitation stands, as those see it who look after it. */
export const invitationAt = async (handle: string, id: string): Promise<{ state: string; accepted_by: unknown }> =>
  answerOf(await callApi('GET', `/organizations/~${handle}/invitations/${id}`))

/** A name in addresses that nobody has. */
export const word = (beginning: string): string => `${beginning}-${randomUUID().slice(0, 8)}`

/** An organization that lets businesses in like this, in the brand of Alpine Air; met by path or by name. */
export const newPlatform = async (
  mode: 'open' | 'invitation' | 'approval' | 'closed',
  form: 'path' | 'name' = 'path',
): Promise<Address> => {
  const handle = word('platform')
  const wanted = { handle, name: 'Partner Platform', parent_id: '~alpine', locales: ['en', 'de'] }
  answerOf(await callApi('POST', '/organizations', { ...wanted, business_sign_up: mode }), 201)
  const root = new URL(origin())
  const base = form === 'path' ? `/o/${handle}` : ''
  const at = form === 'path' ? root.origin : `${root.protocol}//${handle}.${root.host}`
  return { handle, form, origin: at, base, url: at + base }
}

/** Publishes a flow, by which people sign in there from now on. */
export const publishFlow = async (handle: string, flow: Record<string, unknown>): Promise<void> => {
  const path = `/organizations/~${handle}/flows/sign-in`
  const before = await callApi('GET', `${path}/draft`)
  const kept = await callApi('PUT', `${path}/draft`, flow, { 'if-match': String(before.headers.etag) })
  answerOf(kept)
  answerOf(await callApi('POST', `${path}/publish`, {}, { 'if-match': String(kept.headers.etag) }))
}
