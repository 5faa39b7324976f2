// What a page asks its browser for a passkey with. Before anything is proven it is the same for everybody, and nothing is kept of
// it: the challenge is bound to a random value in a cookie of this browser.

import { authenticationOptions, boundsAt, newChallenge, registrationOptions } from '#core/credentials'
import { waysOf } from '#core/flows'
import type { StepId } from '#core/flows/contract'
import { fail } from '#platform/failure'
import { type Attempt, held } from './attempts.ts'
import type { LoginContext } from './contract.ts'
import { type Journey, journeyOf, stepOf, walkingOf } from './journey.ts'
import { organizationOf } from './proven.ts'

/** For whoever signs in with a passkey as their first proof. */
export const passkeyToSignIn = (ctx: LoginContext, binding: string) => {
  const bounds = boundsAt(ctx, 'sign-in', binding)
  const { challenge, sealed } = newChallenge(bounds)
  return { options: authenticationOptions({ ...bounds, challenge }), challenge: sealed }
}

/** The attempt of this browser, once somebody is proven in it. */
const underWay = async (ctx: LoginContext, secret: string | null): Promise<{ attempt: Attempt; journey: Journey }> => {
  const attempt = (await held(ctx, secret, 'sign-in', 'sign-up')) ?? fail('login.expired')
  if (!attempt.state.inner.proven || !attempt.state.route) return fail('login.expired')
  return { attempt, journey: await journeyOf(ctx, attempt.kind, attempt.state.route.name, attempt) }
}

const standingIn = async ({ run }: Journey) => (await run.standing()) ?? fail('login.expired')

/** For a second step that may be taken with a passkey: with one of theirs. */
export const passkeyForSecondStep = async (ctx: LoginContext, secret: string | null) => {
  const { attempt, journey } = await underWay(ctx, secret)
  const { run, route } = journey
  const places = [route.position.at, ...waysOf(await walkingOf(journey), route.position)]
  if (!run.isSecond || !places.some((at) => at.endsWith('/passkey'))) return fail('login.expired')
  const bounds = boundsAt(ctx, 'second-step', attempt.id)
  const { factors } = await standingIn(journey)
  const { challenge, sealed } = newChallenge(bounds)
  return { options: authenticationOptions({ ...bounds, challenge, allow: factors.passkeys }), challenge: sealed }
}

const making: readonly StepId[] = ['offer-passkey', 'enrol']

/** For a place where somebody may make themselves a passkey. */
export const passkeyToEnrol = async (ctx: LoginContext, secret: string | null) => {
  const { attempt, journey } = await underWay(ctx, secret)
  if (!making.includes(stepOf(journey).id)) return fail('login.expired')
  const bounds = boundsAt(ctx, 'register', attempt.id)
  const { person, factors } = await standingIn(journey)
  const { homeId, id: personId, email, givenName, familyName } = person
  const { challenge, sealed } = newChallenge(bounds)
  const options = registrationOptions({
    challenge,
    rpId: bounds.rpId,
    rpName: organizationOf(ctx).name,
    person: { homeId, personId, email, name: `${givenName} ${familyName}`.trim() },
    existing: factors.passkeys.filter(({ rpId }) => rpId === bounds.rpId),
  })
  return { options, challenge: sealed }
}
