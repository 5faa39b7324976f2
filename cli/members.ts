// How somebody comes to an organization by the hand of whoever runs it. A password is theirs to choose: they get a link.

import { give } from '#core/access'
import { record } from '#core/audit'
import { systemActor as by } from '#core/authority'
import { passwordOf } from '#core/credentials'
import { passwordLinkPurpose } from '#core/credentials/contract'
import { canonicalAddressOf, directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { orderMail } from '#core/outbox'
import {
  addMembership,
  create,
  emailKey,
  fields,
  findByEmail,
  noteElsewhere,
  personName,
  readAnswer,
} from '#core/people'
import type { Membership, Person } from '#core/people/contract'
import { issue } from '#core/tickets'
import { days } from '#platform/clock'
import { asOrganization, type Tx } from '#platform/database'
import { fail } from '#platform/failure'
import type { Given, Option } from './command.ts'

const linkMs = days(7)

export type Somebody = { email: string; names: { given: string | undefined; family: string | undefined } }

export const nameOptions = {
  'given-name': { value: '<name>', says: 'of somebody who has no account yet' },
  'family-name': { value: '<name>', says: 'of somebody who has no account yet' },
} satisfies Record<string, Option>

export const readSomebody = (given: Given, email: string): Somebody => ({
  email,
  names: { given: given.text('given-name'), family: given.text('family-name') },
})

/** Where people are looked for, the first is where somebody new will live. Also of an organization that is being made. */
const homesOf = ({ id, parentId, peopleFrom }: Organization): string[] => {
  if (peopleFrom === 'own' || parentId === null) return [id]
  const above = directory().homes(parentId)
  return peopleFrom === 'mixed' ? [id, ...above] : above
}

const findAtHome = async (tx: Tx, homes: readonly string[], email: string): Promise<Person | null> => {
  for (const home of homes) {
    const found = await asOrganization(tx, home, (own) => findByEmail(own, email))
    if (found) return found
  }
  return null
}

const bringToLife = (tx: Tx, home: string, email: string, { given = '', family = '' }: Somebody['names']) => {
  if (given === '' || family === '') return fail('name.required', given === '' ? 'given_name' : 'family_name')
  const rules = { given_name: fields.given_name, family_name: fields.family_name }
  const names = readAnswer({ given_name: given, family_name: family }, rules)
  const wanted = {
    email,
    givenName: personName(names.given_name, 'given_name'),
    familyName: personName(names.family_name, 'family_name'),
  }
  return asOrganization(tx, home, async (own) => (await create(own, by, wanted)) ?? fail('person.exists', 'email'))
}

/** Orders the mail with which somebody chooses their first password; says whether they need one. */
const sendPasswordLink = async (tx: Tx, organization: Organization, person: Person): Promise<boolean> => {
  const { homeId, id: personId } = person
  if (await asOrganization(tx, homeId, (own) => passwordOf(own, personId))) return false
  await asOrganization(tx, organization.id, async (own) => {
    const { secret, code, expiresAt } = await issue(own, {
      purpose: passwordLinkPurpose,
      subject: `${homeId}/${personId}`,
      data: { homeId, personId },
      lifetimeMs: linkMs,
      supersede: true,
    })
    const order = {
      to: { home: homeId, person: personId },
      organizationId: organization.id,
      address: canonicalAddressOf(organization),
      locale: organization.locales[0] ?? 'en',
      link: { secret, code },
      data: { by: null, expiresAt: expiresAt.toISOString() },
    }
    await orderMail(own, 'account-created', order, { priority: 0, expiresAt })
    await record(own, by, 'person.password_link_sent', { kind: 'person', id: personId })
  })
  return true
}

export type Settled = { person: Person; membership: Membership; isNew: boolean; isMailed: boolean }

/**
 * Makes somebody a member of an organization, and an account for them where they have none. In a unit of work of the
 * platform, so that it can be the one in which the organization is made.
 */
export const settleMember = async (
  tx: Tx,
  organization: Organization,
  { email, names }: Somebody,
  kind: Membership['kind'],
  { mustBeNew = false } = {},
): Promise<Settled> => {
  const key = emailKey(email)
  const homes = homesOf(organization)
  const known = await findAtHome(tx, homes, key)
  if (known && mustBeNew) return fail('person.exists', 'email')
  const person = known ?? (await bringToLife(tx, homes[0] ?? organization.id, key, names))
  const { homeId, id: personId } = person
  await asOrganization(tx, homeId, (own) => noteElsewhere(own, personId, organization.id))
  const membership = await asOrganization(tx, organization.id, (own) =>
    addMembership(own, by, { homeId, personId, kind, known: person }),
  )
  if (person.status !== 'active' || membership.status !== 'active') return fail('toolkit.not_active')
  const isMailed = await sendPasswordLink(tx, organization, person)
  return { person, membership, isNew: known === null, isMailed }
}

/** The same, and everything here and below is theirs. */
export const settleOwner = async (tx: Tx, organization: Organization, who: Somebody): Promise<Settled> => {
  const settled = await settleMember(tx, organization, who, 'staff')
  const { homeId, id } = settled.person
  await asOrganization(tx, organization.id, (own) =>
    give(own, by, { kind: 'person', homeId, id }, { role: 'owner', reach: 'subtree' }),
  )
  return settled
}

/** What comes next for somebody who was let in. */
export const sayMailed = ({ person, isMailed }: Settled, address: string): string =>
  isMailed
    ? `${person.email} gets a mail with a link to choose a password. It works for ${linkMs / days(1)} days; ${address}/recover sends another.`
    : `${person.email} signs in with the password they have, at ${address}/sign-in.`
