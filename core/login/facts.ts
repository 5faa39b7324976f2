// What conditions may look at, and what could be answered here and now. Before a proof it is the same for everybody.

import { groupsOf, roleNames, standingsOf } from '#core/access'
import { factorsOf, rpIdOf } from '#core/credentials'
import type { Factors } from '#core/credentials/contract'
import { knownDevice, trustEndedAt } from '#core/devices'
import type { KnownDevice } from '#core/devices/contract'
import type { Flow, FlowFacts, StepId } from '#core/flows/contract'
import { addressOf } from '#core/organizations'
import { find, findMembership } from '#core/people'
import type { Membership, Person } from '#core/people/contract'
import { isSmsAvailable } from '#core/sms'
import { days, now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import type { Proven } from './attempts.ts'
import type { LoginContext } from './contract.ts'
import { organizationOf } from './proven.ts'

/** Somebody proven, as they stand here: what they could answer, and what is said of them in conditions. */
export type Standing = {
  person: Person
  kind: Membership['kind']
  factors: Factors
  /** The browser they are in, if they have signed in with it here before. */
  device: KnownDevice | null
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
    factors: await factorsOf(tx, personId),
    trustEndedAt: await trustEndedAt(tx, personId),
  }))
  const { person, factors } = home
  if (person?.status !== 'active' || person.sessionGeneration !== generation) return null
  const here = await withOrganization(ctx.organizationId, async (tx) => ({
    membership: await findMembership(tx, { homeId, personId }),
    device: await knownDevice(tx, { homeId, personId, trustEndedAt: home.trustEndedAt }, ctx.browser?.device ?? null),
  }))
  const { membership, device } = here
  // At home somebody belongs without a membership, unless one says otherwise.
  const status = membership?.status ?? (homeId === ctx.organizationId ? 'active' : 'none')
  if (status !== 'active') return null
  const kind = membership?.kind ?? 'consumer'
  return { person, kind, factors, device, ...(await heldBy(ctx, flow, person, kind)) }
}

/** Whether somebody has set a second step up, and so is asked for it wherever they sign in. */
export const isEnrolled = ({ factors }: Standing): boolean => factors.totp !== null || factors.phones.length > 0

/** The host that passkeys are bound to where this organization is met; null where there can be none. */
export const passkeyHost = (ctx: LoginContext): string | null =>
  rpIdOf(addressOf(organizationOf(ctx), ctx.address).origin)

export const hasPasskeyHere = (ctx: LoginContext, { factors }: Standing): boolean => {
  const host = passkeyHost(ctx)
  return factors.passkeys.some(({ rpId }) => rpId === host)
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

/** What is asked of somebody proven, if there is anything to ask: each of them decides when it is come to. */
const forSomebodyProven: readonly StepId[] = [
  'email-code',
  'new-password',
  'terms',
  'profile',
  'offer-passkey',
  'organization',
]

export const availableTo = (ctx: LoginContext, standing: Standing | null): ReadonlySet<StepId> => {
  const hasSms = isSmsAvailable()
  if (!standing) return new Set<StepId>([...forEverybody, ...(hasSms ? (['sms-code'] as const) : [])])
  const { factors, device } = standing
  // A passkey counts also where it is of another address: a password alone shall not stand in for it here.
  const hasSecond = isEnrolled(standing) || factors.passkeys.length > 0
  const those = (isThere: boolean, ...steps: StepId[]): StepId[] => (isThere ? steps : [])
  return new Set<StepId>([
    ...forSomebodyProven,
    ...those(hasPasskeyHere(ctx, standing), 'passkey'),
    ...those(factors.totp !== null, 'totp'),
    ...those(hasSms && factors.phones.length > 0, 'sms-code'),
    ...those(hasSecond && factors.recoveryCodesLeft > 0, 'recovery-code'),
    ...those(device?.isTrusted === true, 'trusted-device'),
    // Whoever has a second step is asked for that one: a new one would be a way around it.
    ...those(!hasSecond, 'enrol'),
    ...those(hasSecond, 'help'),
  ])
}

/** The second step that was used last. */
export const preferredBy = ({ factors }: Standing): StepId | null => {
  const used: [StepId, Date | null][] = [
    ['totp', factors.totp?.lastUsedAt ?? null],
    ...factors.phones.map(({ lastUsedAt }): [StepId, Date | null] => ['sms-code', lastUsedAt]),
    ...factors.passkeys.map(({ lastUsedAt }): [StepId, Date | null] => ['passkey', lastUsedAt]),
  ]
  const [last] = used.filter(([, at]) => at !== null).sort(([, a], [, b]) => Number(b) - Number(a))
  return last?.[0] ?? null
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
      hasPassword: standing.factors.password !== null,
      hasPasskey: standing.factors.passkeys.length > 0,
      hasTotp: standing.factors.totp !== null,
      hasPhone: standing.factors.phones.length > 0,
      emailVerified: standing.person.emailVerifiedAt !== null,
      roles: standing.roles,
      groups: standing.groups,
      passwordAgeDays: sinceDays(standing.factors.password?.changedAt ?? null),
      accountAgeDays: sinceDays(standing.person.createdAt),
    },
    membership: standing && { kind: standing.kind },
    device: standing && { isKnown: standing.device !== null, isTrusted: standing.device?.isTrusted ?? false },
  }
}
