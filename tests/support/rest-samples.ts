// For every operation a request that would be done by whoever may: what the matrix and the tests of rights send. A new
// operation takes its place here.

import { addToGroup, createGroup, createRole, give } from '#core/access'
import { check as checkTrail } from '#core/audit'
import { systemActor as by } from '#core/authority'
import { addTotp, newTotpSecret, setPassword } from '#core/credentials'
import { invite } from '#core/invitations'
import { ask } from '#core/onboarding'
import { addDomain, addHost, directory, find, readAgain, resume, suspend, update } from '#core/organizations'
import { addMembership, create as createPerson } from '#core/people'
import { ask as askForHelp } from '#core/recovery'
import { createAccount, createToken } from '#core/tokens'
import { minutes, setClockForTests } from '#platform/clock'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import { at, codeOf } from '#support/engine'
import type { Operation } from '#web/operations'
import { flowSamples } from './flow-samples.ts'

export type Sample = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** Of If-Match. */
  version?: number
  /** Where it is not the status that the operation declares: how far it gets without doing harm. */
  done?: { status: number; code: string }
  /** Takes back what would change the answers that follow. */
  undo?: () => Promise<unknown>
}

let count = 0
const fresh = (word: string): string => {
  count += 1
  return `${word}-${count}`
}

const inside = <T>(id: string, fn: (tx: Tx) => Promise<T>) => withOrganization(id, fn)

const roleAt = async (id: string) => ({
  params: {
    role: (
      await inside(id, (tx) => createRole(tx, by, { key: fresh('role'), name: 'Role', permissions: ['role.manage'] }))
    ).id,
  },
  version: 1,
})
const groupAt = async (id: string) => ({
  params: { group: (await inside(id, (tx) => createGroup(tx, by, { name: fresh('Group') }))).id },
  version: 1,
})
const personAt = (id: string, status: 'active' | 'pending' = 'active') =>
  inside(id, async (tx) => {
    const email = `${fresh('person')}@rest.example`
    const made =
      (await createPerson(tx, by, { email, givenName: 'Ada', familyName: 'Keller' })) ?? fail('person.exists')
    await addMembership(tx, by, { homeId: id, personId: made.id, kind: 'staff', status })
    return { email, params: { person: made.id }, version: made.version }
  })
/** A business that waits for somebody's word. */
const requestAt = async (id: string) => {
  const handle = fresh('business')
  const names = { givenName: 'Ada', familyName: 'Keller', locale: 'en', passwordHash: 'made for a test' }
  const asked = { name: 'Business', handle, email: `${handle}@rest.example`, ...names }
  return { params: { request: await inside(id, (tx) => ask(tx, by, asked)) } }
}
/** Somebody who has lost their second step. */
const recoveryAt = async (id: string) => {
  const { params } = await personAt(id)
  const { request } = await askForHelp(at(id), { homeId: id, personId: params.person }, { reason: 'Lost it' })
  return { params: { request: request.id } }
}
/** Just after somebody else has had it checked. */
const checkedAt = async (id: string) => {
  await checkTrail(id, by, []).catch(() => {})
  return { done: { status: 429, code: 'audit.checked_just_now' } }
}
const waitingAt = (id: string) => personAt(id, 'pending')
const memberAt = async (id: string) => {
  const { params } = await groupAt(id)
  const { person } = (await personAt(id)).params
  return { params: { ...params, person } }
}
const withPasswordAt = async (id: string) => {
  const { params } = await personAt(id)
  await inside(id, (tx) => setPassword(tx, by, params.person, 'made for a test', 'test'))
  return { params }
}
const withSecondStepAt = async (id: string) => {
  const { params } = await personAt(id)
  const secret = newTotpSecret()
  await inside(id, (tx) => addTotp(tx, by, params.person, secret, codeOf(secret)))
  return { params }
}
/** Of some minutes ago: one that was sent just now is not sent again. */
const invitationAt = async (id: string) => {
  setClockForTests(-minutes(5))
  try {
    const [result] = await invite(id, by, { emails: [`${fresh('guest')}@rest.example`] })
    return { params: { invitation: result?.invitationId ?? fail('invitations.unknown') } }
  } finally {
    setClockForTests(0)
  }
}
/** Somebody of the organization above, once this one draws people from there as well. */
const aboveAt = async (id: string) => {
  await withPlatform(async (tx) => {
    const { peopleFrom, version } = await find(tx, by, id)
    if (peopleFrom !== 'mixed') await update(tx, by, id, { peopleFrom: 'mixed' }, version)
  })
  await readAgain(id)
  return { body: { email: (await personAt(parentOf(id))).email } }
}
const accountAt = async (id: string) => ({
  params: { account: (await inside(id, (tx) => createAccount(tx, by, { name: fresh('Account') }))).id },
  version: 1,
})
const tokenAt = async (id: string) => {
  const { params } = await accountAt(id)
  const { token } = await inside(id, (tx) => createToken(tx, by, params.account, { name: 'Token', scopes: [] }))
  return { params: { ...params, token: token.id } }
}
const assignable = (id: string) =>
  inside(id, (tx) => createRole(tx, by, { key: fresh('role'), name: 'Role', permissions: ['role.assign'] }))
const grantAt = async (id: string) => {
  const role = await assignable(id)
  const { params } = await groupAt(id)
  const subject = { kind: 'group', homeId: id, id: params.group } as const
  const { id: grant } = await inside(id, (tx) => give(tx, by, subject, { role: role.id }))
  return { params: { grant } }
}
const hostAt = async (id: string) => {
  const host = `${fresh('host')}.rest.example`
  await withPlatform((tx) => addHost(tx, by, id, host))
  return { params: { host } }
}
const emailDomainAt = async (id: string) => {
  const domain = `${fresh('domain')}.rest.example`
  await withPlatform((tx) => addDomain(tx, by, id, domain, null))
  return { params: { domain } }
}
/** Programs ask here, and have no browser. */
const ofPeople = (): Sample => ({ done: { status: 403, code: 'account.not_a_person' } })
const present = (id: string) => withPlatform((tx) => find(tx, by, id))
const parentOf = (id: string): string => directory().byId(id)?.parentId ?? newId('org')

/** As it was; this process knows it at once. */
const setStatus = async (id: string, status: 'active' | 'suspended') => {
  await withPlatform((tx) => (status === 'active' ? resume : suspend)(tx, by, id))
  await readAgain(id)
}

/** How each operation is tried on an organization that exists. */
export const samples: Record<Operation['id'], (id: string) => Promise<Sample> | Sample> = {
  'me.read': () => ({}),
  'me.factors.read': ofPeople,
  'me.passkeys.name': () => ({ ...ofPeople(), params: { passkey: newId('pky') }, body: { name: 'Work laptop' } }),
  'me.totp.name': () => ({ ...ofPeople(), body: { name: 'Work phone' } }),
  'me.sessions.list': ofPeople,
  'me.sessions.end': () => ({ ...ofPeople(), params: { session: newId('ses') } }),
  'me.sessions.end-others': ofPeople,
  'me.trusted-devices.list': ofPeople,
  'me.trusted-devices.forget': () => ({ ...ofPeople(), params: { device: newId('dev') } }),
  'organizations.list': (id) => ({ query: { below: id } }),
  'organizations.children': () => ({}),
  'organizations.descendants': () => ({}),
  'organizations.ancestors': () => ({}),
  'organizations.check-handle': (id) => ({ query: { below: id, handle: fresh('handle') } }),
  'organizations.create': (id) => ({ body: { parent_id: id, handle: fresh('handle'), name: 'Made' } }),
  'organizations.create-in-bulk': (id) => ({
    body: { parent_id: id, items: [{ handle: fresh('handle'), name: 'Made' }] },
  }),
  'organizations.read': () => ({}),
  'organizations.update': async (id) => ({
    body: { attributes: { seen: fresh('time') } },
    version: (await present(id)).version,
  }),
  'organizations.preview-removal': () => ({}),
  'organizations.delete': async (id) => ({
    query: { confirm: 'not-its-handle' },
    version: (await present(id)).version,
    done: { status: 400, code: 'organizations.not_confirmed' },
  }),
  'organizations.suspend': async (id) => {
    const { status } = await present(id)
    return { undo: () => setStatus(id, status) }
  },
  'organizations.resume': async (id) => {
    const { status } = await present(id)
    return { undo: () => setStatus(id, status) }
  },
  'organizations.move': (id) => ({ body: { parent_id: parentOf(id) } }),
  'organizations.transfer-ownership': async (id) => ({ body: { person: (await personAt(id)).params.person } }),
  'domains.list': () => ({}),
  'domains.add': () => ({ body: { host: `${fresh('host')}.rest.example` } }),
  'domains.check': hostAt,
  'domains.remove': hostAt,
  'domains.choose': () => ({ body: { address: 'path' } }),
  'email-domains.list': () => ({}),
  'email-domains.add': () => ({ body: { domain: `${fresh('domain')}.rest.example` } }),
  'email-domains.check': emailDomainAt,
  'email-domains.remove': emailDomainAt,
  'people.list': () => ({}),
  'people.create': () => ({
    body: { email: `${fresh('person')}@rest.example`, given_name: 'Ada', family_name: 'Keller' },
  }),
  'people.add-existing': aboveAt,
  'people.bulk': async (id) => ({ body: { action: 'end-sessions', people: [(await personAt(id)).params.person] } }),
  'people.import': () => ({ body: { csv: 'email\nnobody@rest.example\n' } }),
  'people.export': () => ({}),
  'people.read': personAt,
  'people.explain': personAt,
  'people.update': async (id) => ({ ...(await personAt(id)), body: { family_name: 'Brunner' } }),
  'people.change-kind': async (id) => ({ ...(await personAt(id)), body: { kind: 'consumer' } }),
  'people.suspend': async (id) => ({ ...(await personAt(id)), body: {} }),
  'people.resume': async (id) => ({ ...(await personAt(id)), body: {} }),
  'people.end-sessions': personAt,
  'people.reset-password': async (id) => ({ ...(await personAt(id)), body: { reason: 'Asked for it' } }),
  'people.ask-new-password': async (id) => ({ ...(await withPasswordAt(id)), body: { reason: 'It was on a list' } }),
  'people.reset-second-step': async (id) => ({ ...(await withSecondStepAt(id)), body: { reason: 'Asked for it' } }),
  'people.approve': waitingAt,
  'people.decline': async (id) => ({ ...(await waitingAt(id)), body: { reason: 'Not known' } }),
  'people.remove': personAt,
  'invitations.create': () => ({ body: { emails: [`${fresh('guest')}@rest.example`] } }),
  'invitations.list': () => ({}),
  'invitations.read': invitationAt,
  'invitations.resend': invitationAt,
  'invitations.change-in-bulk': async (id) => ({
    body: { action: 'resend', invitations: [(await invitationAt(id)).params.invitation] },
  }),
  'invitations.revoke': invitationAt,
  'business-invitations.create': () => ({ body: { email: `${fresh('founder')}@rest.example` } }),
  'business-requests.list': () => ({}),
  'business-requests.read': requestAt,
  'business-requests.approve': async (id) => ({ ...(await requestAt(id)), body: {} }),
  'business-requests.decline': async (id) => ({ ...(await requestAt(id)), body: { reason: 'Not known' } }),
  'recovery-requests.list': () => ({}),
  'recovery-requests.read': recoveryAt,
  'recovery-requests.approve': async (id) => ({ ...(await recoveryAt(id)), body: { reason: 'Known' } }),
  'recovery-requests.decline': async (id) => ({ ...(await recoveryAt(id)), body: { reason: 'Not known' } }),
  'audit.list': () => ({}),
  'audit.standing': () => ({}),
  'audit.retain': () => ({ body: { days: 730 } }),
  'audit.check': checkedAt,
  'usage.read': () => ({}),
  'roles.list': () => ({}),
  'roles.create': () => ({ body: { key: fresh('role'), name: 'Role', permissions: ['role.manage'] } }),
  'roles.read': roleAt,
  'roles.update': async (id) => ({ ...(await roleAt(id)), body: { name: 'Changed' } }),
  'roles.remove': roleAt,
  'groups.list': () => ({}),
  'groups.create': () => ({ body: { name: fresh('Group') } }),
  'groups.read': groupAt,
  'groups.update': async (id) => ({ ...(await groupAt(id)), body: { description: 'Changed' } }),
  'groups.remove': groupAt,
  'groups.members': groupAt,
  'groups.add-member': memberAt,
  'groups.remove-member': async (id) => {
    const { params } = await memberAt(id)
    await inside(id, (tx) => addToGroup(tx, by, params.group, { homeId: id, personId: params.person }))
    return { params }
  },
  'service-accounts.list': () => ({}),
  'service-accounts.create': () => ({ body: { name: fresh('Account') } }),
  'service-accounts.read': accountAt,
  'service-accounts.update': async (id) => ({ ...(await accountAt(id)), body: { description: 'Changed' } }),
  'service-accounts.suspend': accountAt,
  'service-accounts.resume': accountAt,
  'service-accounts.remove': accountAt,
  'grants.list': () => ({}),
  'grants.give': async (id) => {
    const { params } = await groupAt(id)
    const role = await assignable(id)
    return { body: { subject: { kind: 'group', id: params.group }, role: role.id } }
  },
  'grants.take-back': grantAt,
  'tokens.list': accountAt,
  'tokens.create': async (id) => ({ ...(await accountAt(id)), body: { name: 'Token', scopes: [] } }),
  'tokens.revoke': tokenAt,
  ...flowSamples,
}

/** The sample of an operation; one that has none cannot be tried. */
export const sampleOf = async ({ id }: Pick<Operation, 'id'>, organizationId: string): Promise<Sample> => {
  const make = samples[id]
  if (!make) throw new Error(`${id} has no sample in tests/support/rest-samples.ts`)
  return make(organizationId)
}
