// Somebody who speaks HTTP by hand: keeps cookies as a browser does, sends forms as a browser does, and follows nothing
// unless told to.

import { Authenticator } from './authenticator.ts'
import { codeIn, newestMail } from './mail.ts'
import { newcomer, newNetwork } from './newcomers.ts'
import { ask, type Reply, type Sent } from './raw.ts'
import type { Address } from './world.ts'

export type Fields = Record<string, string>

const attribute = (line: string, name: string): string | null =>
  new RegExp(`;\\s*${name}=([^;]*)`, 'i').exec(line)?.[1] ?? null

export class Caller {
  readonly address: Address
  readonly network: string
  /** Of this address's host alone. */
  readonly jar = new Map<string, string>()

  constructor(address: Address, network = newNetwork()) {
    this.address = address
    this.network = network
  }

  #keep(reply: Reply): Reply {
    for (const line of reply.cookies) {
      const [pair = ''] = line.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (attribute(line, 'max-age') === '0') this.jar.delete(name)
      else this.jar.set(name, pair.slice(name.length + 1))
    }
    return reply
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async send(path: string, sent: Sent = {}): Promise<Reply> {
    const headers = { ...(this.jar.size > 0 ? { cookie: this.cookie } : {}), ...sent.headers }
    return this.#keep(await ask(this.address.url + path, { from: this.network, ...sent, headers }))
  }

  see(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send(path, { headers })
  }

  /** Sends a form of a page of this address. */
  answer(path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.address.origin,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    })
  }

  /** Sends a form and goes where the answer leads, as a browser does. */
  async answerAndFollow(path: string, fields: Fields): Promise<Reply & { path: string }> {
    let reply = await this.answer(path, fields)
    let at = path
    for (let hops = 0; hops < 5 && reply.status >= 300 && reply.status < 400; hops += 1) {
      const next = new URL(reply.headers.location ?? '', this.address.origin)
      at = (next.pathname + next.search).slice(this.address.base.length)
      reply = await this.see(at)
    }
    return { ...reply, path: at }
  }

  async signIn(email: string, password: string, app?: Authenticator): Promise<Reply & { path: string }> {
    const asked = await this.answerAndFollow('/sign-in', { username: email, password })
    if (!app || asked.path !== '/mfa') return asked
    return this.answerAndFollow('/mfa', { code: await app.nextCode() })
  }

  /** Of whoever is signed in here; empty for nobody. */
  async whoIsSignedIn(): Promise<string> {
    const { status, body } = await this.see('/account/profile')
    return status === 200 ? (/[a-z0-9.-]+@[a-z0-9.-]+\.example/.exec(body)?.[0] ?? '') : ''
  }
}

export type Member = { caller: Caller; email: string; password: string; app: Authenticator | null }

/** The key that a page shows for an authenticator app. */
export const secretIn = (html: string): string => {
  const shown = /data-part="mfa-enrol\.secret"[^>]*>([A-Z2-7 ]+)</.exec(html)?.[1]
  if (!shown) throw new Error('no key of an authenticator app is shown')
  return shown
}

/** Somebody new, signed up and signed in at an address; with an authenticator app where one is asked for. */
export const newMember = async (address: Address): Promise<Member> => {
  const caller = new Caller(address)
  const { email, password, givenName, familyName } = newcomer('member')
  await caller.answer('/sign-up', { email, password, given_name: givenName, family_name: familyName })
  const code = codeIn(await newestMail(email, 'verify-email'))
  const proven = await caller.answerAndFollow('/verify', { code })
  if (proven.path !== '/mfa') return { caller, email, password, app: null }
  const app = new Authenticator(secretIn(proven.body))
  await caller.answerAndFollow('/mfa', { code: await app.nextCode() })
  return { caller, email, password, app }
}
