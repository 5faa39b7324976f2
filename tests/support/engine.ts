// For tests: a small world of organizations and people, and the eyes and hands of somebody at its doors.

import { Secret, TOTP } from 'otpauth'
import { systemActor as by, visitor } from '#core/authority'
import { hashPassword, newTotpSecret, plantTotp, setPassword } from '#core/credentials'
import { exchange } from '#core/login'
import type { LoginContext, Outcome } from '#core/login/contract'
import { create as createOrganization, loadDirectory, readAgain, update } from '#core/organizations'
import { addMembership, create, noteElsewhere, setStatus } from '#core/people'
import type { IdentifierKind, Person } from '#core/people/contract'
import { look } from '#core/sessions'
import type { Session } from '#core/sessions/contract'
import { now } from '#platform/clock'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { unseal } from '#platform/secrets'

export const password = 'gravy-unlatch-wobble-sprint'

export type World = Record<'root' | 'mixed' | 'own' | 'strict' | 'central' | 'closed', string>

const shapes = {
  mixed: { name: 'Alpine Air', peopleFrom: 'mixed' },
  own: { name: 'Pacifica Hotels', peopleFrom: 'own' },
  strict: { name: 'Strict Bank', peopleFrom: 'own', secondFactorRequired: true },
  central: { name: 'Sahel Rail', peopleFrom: 'parent' },
  closed: { name: 'Quiet Club', peopleFrom: 'own', signUp: 'closed' },
} as const

/** A root and one organization of each kind below it. */
export const buildWorld = async (): Promise<World> => {
  const make = (wanted: Record<string, unknown>) =>
    withPlatform((tx) => createOrganization(tx, by, wanted as Parameters<typeof createOrganization>[2]))
  const root = await make({ parentId: null, handle: 'skyway', name: 'Skyway', peopleFrom: 'own', locales: ['en'] })
  await loadDirectory()
  const world: Record<string, string> = { root: root.id }
  for (const [handle, shape] of Object.entries(shapes)) {
    const { id } = await make({ parentId: root.id, handle, locales: ['en', 'de'], ...shape })
    world[handle] = id
  }
  await loadDirectory()
  return world as World
}

type Wanted = { email: string; home: string; memberOf?: string[]; totp?: boolean; suspended?: boolean }

/** Somebody with the password of everybody. */
export const person = async ({
  email,
  home,
  memberOf = [],
  totp,
  suspended,
}: Wanted): Promise<Person & { totpSecret: string }> => {
  const hash = await hashPassword(password)
  const totpSecret = newTotpSecret()
  const made = await withOrganization(home, async (tx) => {
    const found = (await create(tx, by, { email, givenName: 'Ada', familyName: 'Keller' })) ?? fail('person.exists')
    await setPassword(tx, by, found.id, hash, 'test')
    if (totp) await plantTotp(tx, by, found.id, totpSecret)
    if (suspended) await setStatus(tx, by, found.id, 'suspended')
    return found
  })
  for (const id of memberOf) {
    await withOrganization(home, (tx) => noteElsewhere(tx, made.id, id))
    const membership = { homeId: home, personId: made.id, kind: 'consumer', known: made } as const
    await withOrganization(id, (tx) => addMembership(tx, by, membership))
  }
  return { ...made, totpSecret }
}

/** From now on people may sign in there with these. */
export const allowIdentifiers = async (organizationId: string, identifiers: IdentifierKind[]): Promise<void> => {
  await withPlatform((tx) => update(tx, by, organizationId, { security: { identifiers } }))
  await readAgain(organizationId)
}

let visitors = 0

/** Somebody at an organization's door, from an address of their own unless one is given. */
export const at = (organizationId: string, address?: string): LoginContext => {
  visitors += 1
  const own = `198.51.${Math.floor(visitors / 250)}.${visitors % 250}`
  return {
    organizationId,
    address: { form: 'path' },
    locale: 'en',
    by: visitor({ address: address ?? own, userAgent: 'test' }),
  }
}

/** The code that an authenticator app shows, some steps from now. */
export const codeOf = (secret: string, steps = 0): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now().getTime() + steps * 30_000 })

/** Exchanges an outcome's ticket, as the door does. */
export const enter = async (ctx: LoginContext, outcome: Outcome): Promise<{ secret: string; session: Session }> => {
  const exchanged = (outcome.ticket ? await exchange(ctx, outcome.ticket) : null) ?? fail('session.unknown')
  const session = (await look(ctx.organizationId, exchanged.secret)) ?? fail('session.unknown')
  return { secret: exchanged.secret, session }
}

export type Mail = {
  template: string
  to: Record<string, string>
  decoy: boolean
  ticket: string
  code: string
  id: string
}
type OutboxTable = { outbox: { id: string; event: string; payload: Record<string, unknown>; org_id: string } }

const mailOf = ({ id, event, payload }: OutboxTable['outbox']): Mail => {
  const { sealed, to, decoy } = payload as { sealed?: string; to: Record<string, string>; decoy?: true }
  const opened = sealed ? JSON.parse(unseal('outbox', Buffer.from(sealed, 'base64'))) : { ticket: '', code: '' }
  return { id, template: event.replace('email.', ''), to, decoy: decoy === true, ...opened }
}

/** What is on its way, newest first. */
export const mails = async (): Promise<Mail[]> => {
  const rows = await withPlatform((tx: Tx) =>
    tx.sql.withTables<OutboxTable>().selectFrom('outbox').selectAll().orderBy('id', 'desc').execute(),
  )
  return rows.map(mailOf)
}

/** The newest mail, which has to be of this kind. */
export const newestMail = async (template: string): Promise<Mail> => {
  const [newest] = await mails()
  return newest?.template === template ? newest : fail('test.other_mail', undefined, { template: newest?.template })
}
