// next-auth behind one file: one instance for each organization and address. The cookie holds an opaque secret, never a
// token with meaning; what it is worth is asked of core/sessions each time, so a session that has ended is worth nothing.

import { LRUCache } from 'lru-cache'
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
import { actor, readCookie } from './context.ts'

export type SignedIn = { id: string; homeId: string; personId: string; createdAt: string }

/** What next-auth calls a token: here the secret and what it stands for, which never leave the process together. */
type Held = { secret?: string; signedIn?: SignedIn }

const silent = () => {}

const ticketProvider = (site: Site) =>
  Credentials({
    id: 'ticket',
    credentials: { ticket: {} },
    authorize: async ({ ticket }) => {
      if (typeof ticket !== 'string') return null
      return exchange({ organizationId: site.organization.id, by: await actor() }, ticket)
    },
  })

const named = (site: Site, thing: string) => {
  const { maxAge: _, ...options } = cookieAttributes(site, 'session')
  const name = cookieName(site, 'session')
  return { name: thing === 'session' ? name : `${name}-auth-${thing}`, options }
}

const configuration = (site: Site): NextAuthConfig => ({
  basePath: `${site.base}/api/auth`,
  // The server in front has removed every header that a client could lie with.
  trustHost: true,
  secret: keyedHash('next-auth', site.organization.id).toString('base64url'),
  session: { strategy: 'jwt', maxAge: cookieAttributes(site, 'session').maxAge },
  cookies: {
    sessionToken: named(site, 'session'),
    csrfToken: named(site, 'csrf'),
    callbackUrl: named(site, 'callback'),
    pkceCodeVerifier: named(site, 'pkce'),
    state: named(site, 'state'),
    nonce: named(site, 'nonce'),
  },
  providers: [ticketProvider(site)],
  jwt: {
    encode: async ({ token }) => (token as Held | undefined)?.secret ?? '',
    decode: async ({ token }) => {
      const session = token ? await look(site.organization.id, token) : null
      if (!session || !token) return null
      const { id, homeId, personId, createdAt } = session
      const held: Held = { secret: token, signedIn: { id, homeId, personId, createdAt: createdAt.toISOString() } }
      return held
    },
  },
  callbacks: {
    jwt: ({ token, user }) => (user ? { secret: (user as Held).secret } : token),
    session: ({ session, token }) => ({ expires: session.expires, signedIn: (token as Held).signedIn }) as never,
  },
  // A cookie that is worth nothing any more is no error, and next-auth knows no other way to say so.
  logger: { error: (error) => log.debug({ reason: error.name }, 'next-auth'), warn: silent, debug: silent },
})

const instanceFor = (site: Site): NextAuthResult => {
  const kept = processState('doors.next-auth', () => new LRUCache<string, NextAuthResult>({ max: 500 }))
  const key = `${site.organization.id} ${site.organization.handle} ${site.origin}${site.base}`
  const known = kept.get(key)
  if (known) return known
  const made = NextAuth(configuration(site))
  kept.set(key, made)
  return made
}

/** Who is signed in at this site with this request's cookie. */
export const signedIn = async (site: Site): Promise<SignedIn | null> => {
  const session = (await instanceFor(site).auth()) as { signedIn?: SignedIn } | null
  return session?.signedIn ?? null
}

const endSession = async (site: Site, secret: string, why: string): Promise<void> => {
  const session = await look(site.organization.id, secret)
  if (!session) return
  const by = { ...(await actor()), kind: 'person' as const, homeId: session.homeId, personId: session.personId }
  await withOrganization(site.organization.id, (tx) => end(tx, by, session.id, why))
}

/** Exchanges a ticket of the login engine for a session and its cookie; false when the ticket is worth nothing. */
export const signInByTicket = async (site: Site, ticket: string): Promise<boolean> => {
  const before = await readCookie(site, 'session')
  try {
    const url = await instanceFor(site).signIn('ticket', {
      ticket,
      redirect: false,
      redirectTo: `${site.base}/account`,
    })
    if (/[?&]error=/.test(String(url))) return false
  } catch (error) {
    if ((error as { type?: unknown }).type === 'CredentialsSignin') return false
    throw error
  }
  // Nobody could use the old cookie any more, so what it stood for must not live on.
  if (before !== null) await endSession(site, before, 'replaced')
  return true
}

/** Ends the session and takes its cookie away. */
export const signOut = async (site: Site): Promise<void> => {
  const secret = await readCookie(site, 'session')
  if (secret !== null) await endSession(site, secret, 'signed out')
  await instanceFor(site).signOut({ redirect: false })
}
