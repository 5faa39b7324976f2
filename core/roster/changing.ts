// Creating people, taking in those who live above, and changing what is known of them.

import type { z } from 'zod'
import { addToGroup, requireFillable, requireOver } from '#core/access'
import type { Actor } from '#core/authority/contract'
import { passwordLinkPurpose } from '#core/credentials/contract'
import { takeAll } from '#core/limits'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import {
  addMembership,
  changeKind as changeMembershipKind,
  chosenLocale,
  chosenUsername,
  create as createPerson,
  emailKey,
  fields,
  find,
  findByEmail,
  findMembership,
  listedByEmails,
  noteElsewhere,
  personName,
  phoneNumber,
  readAnswer,
  spread,
  updateProfile,
} from '#core/people'
import type { Membership, Person, PersonRef } from '#core/people/contract'
import { issue } from '#core/tickets'
import { days, hours } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import {
  type ExistingPerson,
  existingPerson,
  type NewPerson,
  newPerson,
  type PersonChange,
  personChange,
} from './contract.ts'
import { nameOf, toPerson, write } from './mail.ts'
import { read } from './reading.ts'
import { findResident, findTarget, organizationAt, requireAt, requireOverElsewhere, traitsOf } from './target.ts'

const firstPasswordMs = days(7)

/** Whether people may live here at all: an organization whose people are its parent's looks for nobody at home. */
const requireHome = ({ id }: Organization): void => {
  if (!directory().homes(id).includes(id)) fail('roster.no_home_here')
}

export type CheckedPerson = z.output<typeof newPerson>

const optional = { required: false } as const
const rules = {
  email: fields.email,
  givenName: { ...fields.given_name, ...optional },
  familyName: { ...fields.family_name, ...optional },
  username: fields.username,
  phone: fields.phone,
  locale: fields.locale,
} as const

/** As it will be kept; fails at the first field that is not as it should be. */
export const checkedPerson = (wanted: NewPerson, organization: Organization): CheckedPerson => {
  const { username, phone, locale, kind, groups, ...asked } = read(newPerson, wanted)
  const typed = readAnswer({ ...asked, username: username ?? '', phone: phone ?? '', locale: locale ?? '' }, rules)
  return {
    email: emailKey(typed.email),
    givenName: personName(typed.givenName, 'givenName'),
    familyName: personName(typed.familyName, 'familyName'),
    username: typed.username === '' ? null : chosenUsername(typed.username, organization),
    phone: phoneNumber(typed.phone),
    locale: chosenLocale(typed.locale, organization.locales),
    kind,
    groups: [...new Set(groups)],
  }
}

/** The link by which somebody chooses their first password, or the next one. */
export const issuePasswordLink = (tx: Tx, { homeId, personId }: PersonRef, lifetimeMs: number) =>
  issue(tx, {
    purpose: passwordLinkPurpose,
    subject: `${homeId}/${personId}`,
    data: { homeId, personId },
    lifetimeMs,
    supersede: true,
  })

/**
 * Makes somebody whose fields were checked, and who may be made: at home in the transaction's organization, a member of it,
 * without a password; `mail` tells them how to choose one. Null when the address is taken.
 */
export const createChecked = async (
  tx: Tx,
  by: Actor,
  { kind, groups, ...wanted }: CheckedPerson,
  mail: { byName: string | null } | null,
): Promise<Person | null> => {
  const person = await createPerson(tx, by, wanted)
  if (!person) return null
  const ref = { homeId: tx.organizationId, personId: person.id }
  await addMembership(tx, by, { ...ref, kind })
  for (const group of groups) await addToGroup(tx, by, group, ref)
  if (!mail) return person
  const { expiresAt, ...link } = await issuePasswordLink(tx, ref, firstPasswordMs)
  const data = { by: mail.byName, expiresAt: expiresAt.toISOString() }
  await write(tx, 'account-created', { to: toPerson(ref), data, link, locale: person.locale }, { expiresAt })
  return person
}

/** Creates somebody, at home here, and writes to them how they set their password. */
export const create = async (organizationId: string, by: Actor, wanted: NewPerson): Promise<Person> => {
  requireAt(by, 'people.create', organizationId)
  const organization = organizationAt(organizationId)
  requireHome(organization)
  const checked = checkedPerson(wanted, organization)
  const byName = await nameOf(by)
  return withOrganization(organizationId, async (tx) => {
    // Somebody of this address who lives elsewhere and belongs here would be meant by it as well.
    if ((await listedByEmails(tx, [checked.email])).length > 0) return fail('person.exists', 'email')
    await requireJoinable(tx, by, nobody, checked)
    return (await createChecked(tx, by, checked, { byName })) ?? fail('person.exists', 'email')
  })
}

type Joining = Pick<CheckedPerson, 'email' | 'locale' | 'kind' | 'groups'>
/** Somebody who does not exist yet. */
const nobody: PersonRef = { homeId: '', personId: '' }

/** Whoever takes somebody in has to hold what they will hold by the groups that they come into, also by a rule. */
export const requireJoinable = async (
  tx: Tx,
  by: Actor,
  ref: PersonRef,
  { groups, email, locale, kind }: Joining,
): Promise<void> => {
  for (const group of groups) await requireFillable(tx, by, group)
  await requireOver(tx, by, ref, { email, locale, kind })
}

/** Looking for an address answers whether somebody lives there, so nobody asks without end. */
const boundLookUps = async (organizationId: string, by: Actor): Promise<void> => {
  if (by.kind === 'system') return
  const subject = `${organizationId} ${by.homeId}/${by.personId}`
  const exceeded = await takeAll([{ name: 'roster look-up', subject, max: 200, windowMs: hours(1) }])
  if (exceeded) fail('roster.too_many_tries', undefined, { retryAt: exceeded.resetsAt.toISOString() })
}

const liveAbove = async (organizationId: string, email: string): Promise<Person | null> => {
  for (const homeId of directory().homes(organizationId)) {
    const person = homeId === organizationId ? null : await withOrganization(homeId, (tx) => findByEmail(tx, email))
    if (person?.status === 'active') return person
  }
  return null
}

/**
 * Takes in somebody who lives where this organization draws its people from. Nothing is said of people who live anywhere
 * else, nor of whoever is suspended there: `person.unknown`. Opens units of work of its own.
 */
export const addExisting = async (organizationId: string, by: Actor, wanted: ExistingPerson): Promise<Membership> => {
  requireAt(by, 'people.create', organizationId)
  const { email, kind, groups } = read(existingPerson, wanted)
  const key = emailKey(email)
  await boundLookUps(organizationId, by)
  const known = await withOrganization(organizationId, (tx) => listedByEmails(tx, [key]))
  if (known.length > 0) return fail('person.exists', 'email')
  const person = (await liveAbove(organizationId, key)) ?? fail('person.unknown', 'email')
  const ref = { homeId: person.homeId, personId: person.id }
  await withOrganization(person.homeId, (tx) => noteElsewhere(tx, person.id, organizationId))
  return withOrganization(organizationId, async (tx) => {
    if (await findMembership(tx, ref)) return fail('person.exists', 'email')
    await requireJoinable(tx, by, ref, { email: person.email, locale: person.locale, kind, groups })
    const membership = await addMembership(tx, by, { ...ref, kind, known: person })
    for (const group of new Set(groups)) await addToGroup(tx, by, group, ref)
    return membership
  })
}

const changeable = {
  givenName: (value: string) => personName(value, 'givenName'),
  familyName: (value: string) => personName(value, 'familyName'),
  username: (value: string, organization: Organization) => chosenUsername(value, organization),
  phone: phoneNumber,
  locale: (value: string, { locales }: Organization) => chosenLocale(value, locales),
} as const

export const checkedChange = (wanted: PersonChange, organization: Organization): PersonChange => {
  const asked = Object.entries(read(personChange, wanted)).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    asked.map(([key, value]) => {
      const name = key as keyof typeof changeable
      const typed = readAnswer({ [name]: value ?? '' }, { [name]: rules[name] })[name] ?? ''
      return [name, changeable[name](typed, organization)]
    }),
  )
}

/** Changes what is known of somebody who lives here; with a `version` only what was looked at. */
export const change = async (
  organizationId: string,
  by: Actor,
  personId: string,
  wanted: PersonChange,
  version?: number,
): Promise<Person> => {
  const target = await findResident(organizationId, by, 'people.update', personId)
  const checked = checkedChange(wanted, organizationAt(organizationId))
  await requireOverElsewhere(by, target)
  const changed = await withOrganization(organizationId, async (tx) => {
    const person = (await find(tx, personId)) ?? fail('person.unknown')
    await requireOver(tx, by, target.ref, person)
    // Another language may bring them into a group.
    await requireOver(tx, by, target.ref, {
      ...person,
      ...(checked.locale === undefined ? {} : { locale: checked.locale }),
    })
    return updateProfile(tx, by, personId, checked, version ?? person.version)
  })
  await spread(target.ref)
  return changed
}

/** From now on somebody belongs here as staff, or as a consumer. */
export const changeKind = async (
  organizationId: string,
  by: Actor,
  personId: string,
  kind: Membership['kind'],
): Promise<void> => {
  const { ref, person } = await findTarget(organizationId, by, 'people.update', personId)
  await withOrganization(organizationId, async (tx) => {
    const membership = (await findMembership(tx, ref)) ?? fail('roster.no_membership')
    await requireOver(tx, by, ref, traitsOf(person))
    await requireOver(tx, by, ref, traitsOf(person, kind))
    await changeMembershipKind(tx, by, membership, kind)
  })
}
