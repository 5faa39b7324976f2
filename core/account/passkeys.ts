// Passkeys of whoever is signed in: made, tried out, called something else and taken away in My Account.

import {
  acceptedCredentials,
  addPasskey as add,
  authenticationOptions,
  boundsAt,
  findPasskey,
  newChallenge,
  passkeysOf,
  readAuthentication,
  readRegistration,
  registrationOptions,
  removePasskey as remove,
  rpIdOf,
  takeChallenge,
  usePasskey,
  verifyAuthentication,
  verifyRegistration,
} from '#core/credentials'
import type { AcceptedCredentials, Factors, Passkey } from '#core/credentials/contract'
import { addressOf, directory } from '#core/organizations'
import { noticeWithWayOut } from '#core/outbox'
import { find } from '#core/people'
import type { Answer } from '#core/people/contract'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { readCeremony, readFactor, readFactorName } from './answers.ts'
import { changing, taking } from './changing.ts'
import type { AccountContext } from './contract.ts'
import { requireFresh } from './fresh.ts'
import { nameOwnPasskey } from './own-factors.ts'

const organizationOf = (ctx: AccountContext) => directory().byId(ctx.organizationId) ?? fail('organizations.not_found')

/** A challenge belongs to the session that asked for it. */
const boundsOf = (ctx: AccountContext, purpose: 'register' | 'upgrade' | 'proof') =>
  boundsAt(ctx, purpose, ctx.session.id)

/**
 * What the browser is asked to make a passkey of, for whoever has proven themselves a moment ago. An `upgrade` it makes by itself,
 * beside the password that it has just filled in.
 */
export const passkeyToMake = async (ctx: AccountContext, purpose: 'register' | 'upgrade' = 'register') => {
  requireFresh(ctx.session)
  const { homeId, personId } = ctx.session
  const bounds = boundsOf(ctx, purpose)
  const { person, existing } = await withOrganization(homeId, async (tx) => ({
    person: (await find(tx, personId)) ?? fail('person.unknown'),
    existing: await passkeysOf(tx, personId),
  }))
  const { challenge, sealed } = newChallenge(bounds)
  const options = registrationOptions({
    challenge,
    rpId: bounds.rpId,
    rpName: organizationOf(ctx).name,
    person: { homeId, personId, email: person.email, name: `${person.givenName} ${person.familyName}`.trim() },
    existing: existing.filter(({ rpId }) => rpId === bounds.rpId),
  })
  return { options, challenge: sealed }
}

/** What the browser is asked to prove one of this person's passkeys with. */
export const passkeyToProve = async (ctx: AccountContext) => {
  const bounds = boundsOf(ctx, 'proof')
  const { homeId, personId } = ctx.session
  const allow = await withOrganization(homeId, (tx) => passkeysOf(tx, personId))
  const { challenge, sealed } = newChallenge(bounds)
  return { options: authenticationOptions({ ...bounds, challenge, allow }), challenge: sealed }
}

/**
 * Keeps a passkey that the browser has just made. One that it has made by itself ends nothing: nobody has decided anything, and
 * the mail says how to take it away.
 */
export const addPasskey = async (
  ctx: AccountContext,
  answer: Answer,
  purpose: 'register' | 'upgrade' = 'register',
): Promise<Passkey> => {
  requireFresh(ctx.session)
  const { homeId, personId } = ctx.session
  const { credential, challenge } = readCeremony(answer)
  const made = readRegistration(credential)
  const verified = await verifyRegistration(made, await takeChallenge(challenge, boundsOf(ctx, purpose)))
  const keep = async (tx: Tx): Promise<Passkey> => {
    const passkey = await add(tx, ctx.by, personId, verified)
    const added = { kind: 'passkey', id: passkey.id } as const
    await noticeWithWayOut(tx, ctx, 'passkey-added', personId, { named: passkey.name, added })
    return passkey
  }
  return purpose === 'upgrade' ? withOrganization(homeId, keep) : changing(ctx, 'passkey added', keep)
}

/**
 * One of this person's own passkeys, proven here and now: `passkey.unknown` for anybody else's. For whoever wants to be sure
 * that it works, and for a fresh proof. The use is counted, and nothing else is changed.
 */
export const provePasskey = async (ctx: AccountContext, answer: Answer): Promise<Passkey> => {
  const { homeId, personId } = ctx.session
  const { credential, challenge } = readCeremony(answer)
  const proof = readAuthentication(credential)
  const taken = await takeChallenge(challenge, boundsOf(ctx, 'proof'))
  const found = await withOrganization(homeId, (tx) => findPasskey(tx, proof.id, personId))
  if (!found) return fail('passkey.unknown')
  const use = await verifyAuthentication(proof, taken, found)
  await withOrganization(homeId, (tx) => usePasskey(tx, found.id, use))
  return found
}

/** Calls one of them something else; without a name it is called after its authenticator again. */
export const renamePasskey = async ({ by }: AccountContext, answer: Answer): Promise<void> =>
  nameOwnPasskey(by, readFactor(answer, 'passkey'), readFactorName(answer))

/** Takes one of them away, unless it is the last way to sign in. */
export const removePasskey = (ctx: AccountContext, answer: Answer): Promise<Passkey> => {
  const id = readFactor(answer, 'passkey')
  requireFresh(ctx.session)
  return taking(ctx, 'passkey removed', async (tx) => {
    const gone = (await remove(tx, ctx.by, ctx.session.personId, id)) ?? fail('account.factor_unknown')
    await noticeWithWayOut(tx, ctx, 'passkey-removed', ctx.session.personId, { named: gone.name })
    return gone
  })
}

/** Where passkeys are bound to, where somebody is met; null where browsers have none. */
const rpIdAt = (ctx: AccountContext): string | null => rpIdOf(addressOf(organizationOf(ctx), ctx.address).origin)

/** Which of them are still good here, for what keeps them to forget the others; null where browsers have none. */
export const acceptedPasskeys = (
  ctx: AccountContext,
  { passkeys }: Pick<Factors, 'passkeys'>,
): AcceptedCredentials | null => {
  const rpId = rpIdAt(ctx)
  return rpId === null ? null : acceptedCredentials(ctx.session, rpId, passkeys)
}
