// Owns what a signed-in person does with their own account: profile, password and second step. Has no table: people and
// credentials keep what it changes, at the person's home.
// Calls login (for the networks it counts by), sessions, credentials, people, limits and outbox; called by the pages.

import { passwordOf, totpOf } from '#core/credentials'
import { directory } from '#core/organizations'
import { find, spread, updateProfile } from '#core/people'
import type { Answer } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { readProfile } from './answers.ts'
import { type AccountContext, failures, type Profile } from './contract.ts'

export { profileRules } from './answers.ts'
export { changePassword } from './password.ts'
export { confirmTotp, enrolmentUnderWay, removeTotp, startTotp } from './second-step.ts'

registerStatuses(failures)

/** Who is signed in, as their home knows them. */
export const profile = async ({ session }: Pick<AccountContext, 'session'>): Promise<Profile> =>
  withOrganization(session.homeId, async (tx) => ({
    person: (await find(tx, session.personId)) ?? fail('person.unknown'),
    passwordChangedAt: (await passwordOf(tx, session.personId))?.changedAt ?? null,
    secondStep: await totpOf(tx, session.personId),
  }))

/** Changes the fields that the form sent, if nobody else has changed them since it was shown. */
export const changeProfile = async (ctx: AccountContext, answer: Answer): Promise<void> => {
  const organization = directory().byId(ctx.organizationId) ?? fail('organizations.not_found')
  const { change, version } = readProfile(answer, organization)
  const { homeId, personId } = ctx.session
  await withOrganization(homeId, (tx) => updateProfile(tx, ctx.by, personId, change, version))
  await spread({ homeId, personId })
}
