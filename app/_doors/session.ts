// next-auth behind one file: one instance for each organization and address. The cookie holds an opaque secret, never a
// token with meaning; what it is worth is asked of core/sessions each time, so a session that has ended is worth nothing.
//
// next-auth is handed the one cookie that concerns it, and the door sets what comes back. Left alone with the browser's
// cookies it takes every name that begins like its own for a piece of its session: `__Host-pacifica-lisbon` for a piece
// of `__Host-pacifica`. It would join them, and delete them all when somebody signs in.

import { LRUCache } from 'lru-cache'
import { NextRequest } from 'next/server'
import NextAuth, { type NextAuthConfig, type NextAuthResult } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { exchange } from '#core/login'
import { end, look } from '#core/sessions'
import { withOrganization } from '#platform/database'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import { keyedHash } from '#platform/secrets'
import { cookieAttributes, cookieName } from '#web/session-cookie'
import type { Site } from '#web/site'
import { actor, loginContext, readCookie, writeCookie } from './context.ts'

export type SignedIn = { id: string; homeId: string; personId: string; createdAt: string; provenAt: string }

/** What next-auth calls a token: here the secret and what it stands for, which never leave the process together. */
type Held = { secret?: string; device?: string; signedIn?: SignedIn }

/** Between the two secrets that a sign-in ends with, on their one way through next-auth. */
const besides = '~'

const silent = () => {}

const ticketProvider = (site: Site) =>
  Credentials({
    id: 'ticket',
    credentials: { ticket: {}, device: {} },
    authorize: async ({ ticket, device }) => {
      if (typeof ticket !== 'string') return null
      return exchange(await loginContext(site), ticket, typeof device === 'string' && device !== '' ? device : null)
    },
  })

const named = (site: Site, thing: 'session' | 'csrf') => {
  const { maxAge: _, ...options } = cookieAttributes(site, 'session')
  const name = cookieName(site, 'session')
  return { name: thing === 'session' ? name : `${name}.${thing}`, options }
}

const configuration = (site: Site): NextAuthConfig => ({
  basePath: `${site.base}/api/auth`,
  // Every address that it sees is made below, from the site.
  trustHost: true,
  secret: keyedHash('next-auth', site.organization.id).toString('base64url'),
  session: { strategy: 'jwt', maxAge: cookieAttributes(site, 'session').maxAge },
  cookies: { sessionToken: named(site, 'session'), csrfToken: named(site, 'csrf') },
  providers: [ticketProvider(site)],
  jwt: {
    encode: async ({ token }) => {
      const { secret = '', device } = (token ?? {}) as Held
      return device === undefined ? secret : `${secret}${besides}${device}`
    },
    decode: async ({ token }) => {
      const session = token ? await look(site.organization.id, token) : null
      if (!session || !token) return null
      const { id, homeId, personId, createdAt, provenAt } = session
      const at = { createdAt: createdAt.toISOString(), provenAt: provenAt.toISOString() }
      const held: Held = { secret: token, signedIn: { id, homeId, personId, ...at } }
      return held
    },
  },
  callbacks: {
    jwt: ({ token, user }) => (user ? { secret: (user as Held).secret, device: (user as Held).device } : token),
    session: ({ session, token }) => ({ expires: session.expires, signedIn: (token as Held).signedIn }) as never,
  },
  // A cookie that is worth nothing any more is no error, and next-auth knows no other way to say so.
  logger: { error: (error) => log.debug({ reason: error.name }, 'next-auth'), warn: silent, debug: silent },
})

type Instance = NextAuthResult & { proof: Promise<FormProof> | null }

const instanceFor = (site: Site): Instance => {
  const kept = processState('doors.next-auth', () => new LRUCache<string, Instance>({ max: 500 }))
  const key = `${site.organization.id} ${site.organization.handle} ${site.origin}${site.base}`
  const known = kept.get(key)
  if (known) return known
  const made: Instance = { ...NextAuth(configuration(site)), proof: null }
  kept.set(key, made)
  return made
}

type Cookies = Record<string, string>

const requestOf = (site: Site, path: string, cookies: Cookies, form?: Record<string, string>): NextRequest =>
  new NextRequest(`${site.origin}${site.base}/api/auth/${path}`, {
    headers: {
      cookie: Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  })

/** The value that an answer sets under a name. */
const setIn = (response: Response, name: string): string | null => {
  const line = response.headers.getSetCookie().find((set) => set.startsWith(`${name}=`))
  return line ? decodeURIComponent(line.slice(name.length + 1).split(';')[0] ?? '') || null : null
}

/** Who is signed in at this site with this request's cookie. */
export const signedIn = async (site: Site): Promise<SignedIn | null> => {
  const secret = await readCookie(site, 'session')
  if (secret === null) return null
  const request = requestOf(site, 'session', { [cookieName(site, 'session')]: encodeURIComponent(secret) })
  const response = await instanceFor(site).handlers.GET(request)
  if (!response.ok) throw new Error(`next-auth answered ${response.status} when asked for a session`)
  return ((await response.json()) as { signedIn?: SignedIn } | null)?.signedIn ?? null
}

const endSession = async (site: Site, secret: string, why: string): Promise<void> => {
  const session = await look(site.organization.id, secret)
  if (!session) return
  const by = { ...(await actor()), kind: 'person' as const, homeId: session.homeId, personId: session.personId }
  await withOrganization(site.organization.id, (tx) => end(tx, by, session.id, why))
}

/** What next-auth wants to see with a form: that it comes from a page which it has drawn itself. */
type FormProof = { cookie: string; csrfToken: string }

/**
 * No browser ever sends next-auth a form: the server in front has seen where ours came from, and the only sender is below.
 * So one proof, which stays in this process, serves for all.
 */
const proofFor = (site: Site): Promise<FormProof> => {
  const instance = instanceFor(site)
  instance.proof ??= (async () => {
    const offered = await instance.handlers.GET(requestOf(site, 'csrf', {}))
    const { csrfToken } = (await offered.json()) as { csrfToken: string }
    return { cookie: encodeURIComponent(setIn(offered, named(site, 'csrf').name) ?? ''), csrfToken }
  })()
  instance.proof.catch(() => {
    instance.proof = null
  })
  return instance.proof
}

/** Exchanges a ticket of the login engine for a session and its cookie; false when the ticket is worth nothing. */
export const signInByTicket = async (site: Site, ticket: string): Promise<boolean> => {
  const { cookie, csrfToken } = await proofFor(site)
  const device = (await readCookie(site, 'device')) ?? ''
  const form = { csrfToken, ticket, device }
  const request = requestOf(site, 'callback/ticket', { [named(site, 'csrf').name]: cookie }, form)
  const response = await instanceFor(site).handlers.POST(request)
  const [secret, known] = (setIn(response, cookieName(site, 'session')) ?? '').split(besides)
  if (!secret || !known) {
    const reason = new URL(response.headers.get('location') ?? '/', site.origin).searchParams.get('error')
    if (reason === 'CredentialsSignin') return false
    throw new Error(`next-auth answered ${response.status} (${reason}) to a ticket`)
  }
  const before = await readCookie(site, 'session')
  await writeCookie(site, 'session', secret)
  await writeCookie(site, 'device', known)
  // Nobody could use the old cookie any more, so what it stood for must not live on.
  if (before !== null) await endSession(site, before, 'replaced')
  return true
}

/** Ends the session and takes its cookie away. */
export const signOut = async (site: Site): Promise<void> => {
  const secret = await readCookie(site, 'session')
  if (secret !== null) await endSession(site, secret, 'signed out')
  await writeCookie(site, 'session', null)
}
