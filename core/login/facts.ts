// What conditions may look at, and what could be answered here and now. Before a proof it is the same for everybody.

import { groupsOf, roleNames, standingsOf } from '#core/access'
import { passwordOf, totpOf } from '#core/credentials'
import type { Flow, FlowFacts, StepId } from '#core/flows/contract'
import { find, findMembership } from '#core/people'
import type { Membership, Person } from '#core/people/contract'
import { days, now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import type { Proven } from './attempts.ts'
import type { LoginContext } from './contract.ts'
import { organizationOf } from './proven.ts'

/** Somebody proven, as they stand here: what they could answer, and what is said of them in conditions. */
export type Standing = {
  person: Person
  kind: Membership['kind']
  passwordChangedAt: Date | null
  hasTotp: boolean
  roles: string[]
  groups: string[]
}

const sinceDays = (at: Date | null): number => (at ? Math.floor((now().getTime() - at.getTime()) / days(1)) : 0)

const mentions = (flow: Flow, what: string): boolean => JSON.stringify(flow).includes(what)

/** Roles and groups are worked out for flows that ask for them alone. Built-in roles by their key, own ones by their name. */
const heldBy = async (ctx: LoginContext, flow: Flow, person: Person, kind: Membership['kind']) => {
  if (!mentions(flow, 'person.roles') && !mentions(flow, 'person.groups')) return { roles: [], groups: [] }
  const ref = { homeId: person.homeId, personId: person.id }
  const held = (await standingsOf(ctx.organizationId, ref)).flatMap(({ reaching }) => reaching)
  const ids = [...new Set(held.map(({ grant }) => grant.role))]
  return withOrganization(ctx.organizationId, async (tx) => {
    const names = await roleNames(tx)
    const groups = await groupsOf(tx, ref, { email: person.email, locale: person.locale, kind })
    return { roles: ids.map((id) => names.get(id) ?? id), groups: groups.map(({ name }) => name) }
  })
}

/** Null where whoever has proven themselves is gone, suspended, or no longer the one they were. */
export const standingOf = async (ctx: LoginContext, flow: Flow, proven: Proven): Promise<Standing | null> => {
  const { homeId, personId, generation } = proven
  const home = await withOrganization(homeId, async (tx) => ({
    person: await find(tx, personId),
    password: await passwordOf(tx, personId),
    totp: await totpOf(tx, personId),
  }))
  const { person } = home
  if (person?.status !== 'active' || person.sessionGeneration !== generation) return null
  const membership = await withOrganization(ctx.organizationId, (tx) => findMembership(tx, { homeId, personId }))
  // At home somebody belongs without a membership, unless one says otherwise.
  const status = membership?.status ?? (homeId === ctx.organizationId ? 'active' : 'none')
  if (status !== 'active') return null
  const kind = membership?.kind ?? 'consumer'
  return {
    person,
    kind,
    passwordChangedAt: home.password?.changedAt ?? null,
    hasTotp: home.totp !== null,
    ...(await heldBy(ctx, flow, person, kind)),
  }
}

/** What could be answered by anybody, before anybody is known. */
const forEverybody: readonly StepId[] = [
  'identifier',
  'password',
  'passkey',
  'email-code',
  'details',
  'verify-email',
  'invitation',
  'mailbox',
  'choose-password',
]

export const availableTo = (standing: Standing | null): ReadonlySet<StepId> => {
  if (!standing) return new Set(forEverybody)
  return new Set<StepId>(['email-code', 'enrol', ...(standing.hasTotp ? (['totp', 'help'] as const) : [])])
}

export const factsOf = (
  ctx: LoginContext,
  standing: Standing | null,
  identifier: FlowFacts['identifier'],
): Omit<FlowFacts, 'proofs'> => {
  const { handle, secondFactorRequired } = organizationOf(ctx)
  return {
    request: { locale: ctx.locale, address: ctx.address.form },
    organization: { handle, secondFactorRequired },
    identifier,
    person: standing && {
      hasPassword: standing.passwordChangedAt !== null,
      hasPasskey: false,
      hasTotp: standing.hasTotp,
      hasPhone: false,
      emailVerified: standing.person.emailVerifiedAt !== null,
      roles: standing.roles,
      groups: standing.groups,
      passwordAgeDays: sinceDays(standing.passwordChangedAt),
      accountAgeDays: sinceDays(standing.person.createdAt),
    },
    membership: standing && { kind: standing.kind },
    device: standing && { isKnown: false, isTrusted: false },
  }
}
