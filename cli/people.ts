// `livery people`: who belongs to an organization.

import { allGrants, requireOtherOwner } from '#core/access'
import { systemActor as by } from '#core/authority'
import type { Organization } from '#core/organizations/contract'
import { emailKey, findMembership, list, listedByEmails, setMembershipStatus, setStatus, spread } from '#core/people'
import { type ListedPerson, membershipKinds, type PeopleCursor } from '#core/people/contract'
import { withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { organizationCalled, placeOf } from './called.ts'
import type { Command, Option } from './command.ts'
import { nameOptions, readSomebody, type Settled, sayMailed, settleMember, settleOwner } from './members.ts'
import { inColumns, type Report, well } from './report.ts'

const org: Option = { value: '<handle>', isNeeded: true, says: 'the organization' }
const email: Option = { value: '<address>', isNeeded: true, says: 'of whom it is about' }

const everybody = async ({ id }: Organization, search: string | undefined): Promise<ListedPerson[]> => {
  const all: ListedPerson[] = []
  let after: PeopleCursor | null = null
  do {
    const page: Awaited<ReturnType<typeof list>> = await withOrganization(id, (tx) =>
      list(tx, { limit: 500, search, after }),
    )
    all.push(...page.people)
    after = page.next
  } while (after)
  return all
}

const listThem = async (name: string, search: string | undefined): Promise<Report> => {
  const organization = organizationCalled(name)
  const found = await everybody(organization, search)
  const grants = await withOrganization(organization.id, (tx) => allGrants(tx, by))
  const rolesOf = (personId: string) =>
    grants.filter(({ subject }) => subject.kind === 'person' && subject.id === personId).map(({ role }) => role)
  const people = found.map((one) => ({
    id: one.personId,
    email: one.email,
    given_name: one.givenName,
    family_name: one.familyName,
    kind: one.kind,
    status: one.status,
    roles: rolesOf(one.personId),
    lives_here: one.homeId === organization.id,
    last_sign_in_at: one.lastSignInAt,
  }))
  const rows = people.map((one) => [
    one.email,
    `${one.given_name} ${one.family_name}`,
    one.kind ?? '-',
    one.status,
    one.roles.join(', ') || '-',
    one.last_sign_in_at?.toISOString() ?? 'never',
  ])
  return well(inColumns([['EMAIL', 'NAME', 'KIND', 'STATUS', 'ROLES', 'LAST SIGN-IN'], ...rows]), { people })
}

const settledReport = (organization: Organization, settled: Settled, says: string): Report => {
  const { person, membership, isNew, isMailed } = settled
  return well(`${person.email} ${says}\n${sayMailed(settled, placeOf(organization))}`, {
    person: { id: person.id, email: person.email, kind: membership.kind },
    created: isNew,
    mailed: isMailed,
  })
}

/** Suspended where they live: everywhere. Suspended where they only belong: there. The last owner is not. */
const setStanding = async (name: string, address: string, status: 'active' | 'suspended'): Promise<Report> => {
  const { id, handle } = organizationCalled(name)
  const key = emailKey(address)
  const isHome = await withOrganization(id, async (tx) => {
    const [known] = await listedByEmails(tx, [key])
    if (!known) return fail('person.unknown')
    const ref = { homeId: known.homeId, personId: known.personId }
    if (status === 'suspended') await requireOtherOwner(tx, ref)
    const livesHere = known.homeId === id
    if (livesHere) await setStatus(tx, by, known.personId, status)
    const membership = await findMembership(tx, ref)
    const isMembershipMeant = membership !== null && (!livesHere || status === 'active')
    if (isMembershipMeant) await setMembershipStatus(tx, by, membership, status)
    return livesHere ? ref : null
  })
  if (isHome) await spread(isHome)
  const where = isHome ? 'everywhere' : `at ${handle}`
  return well(`${key} is ${status === 'active' ? 'let in again' : 'suspended'}, ${where}.`, {
    email: key,
    status,
    everywhere: isHome !== null,
  })
}

const standingCommand = (verb: 'suspend' | 'resume', does: string): Command => ({
  words: `people ${verb}`,
  does,
  options: { org, email },
  begin: (given) => {
    const [name, address] = [given.needed('org'), given.needed('email')]
    return () => setStanding(name, address, verb === 'suspend' ? 'suspended' : 'active')
  },
})

export const peopleCommands: readonly Command[] = [
  {
    words: 'people list',
    does: 'everybody who lives or belongs there',
    options: { org, search: { value: '<words>', says: 'what a name or an address begins with' } },
    begin: (given) => {
      const [name, search] = [given.needed('org'), given.text('search')]
      return () => listThem(name, search)
    },
  },
  {
    words: 'people create',
    does: 'makes an account for somebody, who gets a mail to choose a password',
    options: {
      org,
      email,
      ...nameOptions,
      kind: { value: 'staff|consumer', says: 'as what they belong; staff by default' },
    },
    begin: (given) => {
      const name = given.needed('org')
      const somebody = readSomebody(given, given.needed('email'))
      const kind = given.among('kind', membershipKinds) ?? 'staff'
      return async () => {
        const organization = organizationCalled(name)
        const settled = await withPlatform((tx) => settleMember(tx, organization, somebody, kind, { mustBeNew: true }))
        return settledReport(organization, settled, `belongs to ${organization.name}.`)
      }
    },
  },
  {
    words: 'people owner',
    does: 'gives somebody the ownership; whoever has no account gets one',
    options: { org, email, ...nameOptions },
    begin: (given) => {
      const name = given.needed('org')
      const somebody = readSomebody(given, given.needed('email'))
      return async () => {
        const organization = organizationCalled(name)
        const settled = await withPlatform((tx) => settleOwner(tx, organization, somebody))
        return settledReport(organization, settled, `owns ${organization.name}, and what is below it.`)
      }
    },
  },
  standingCommand('suspend', 'nobody signs in as them: anywhere where they live, else there alone'),
  standingCommand('resume', 'lets them in again'),
]
