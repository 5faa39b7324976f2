// Whom a name means here: the first person with it, in the order in which this organization looks for people, who may be
// signed in here, or waits to be let in. Asked the same questions whether there is one or not.

import { passwordOf } from '#core/credentials'
import { directory } from '#core/organizations'
import { findByIdentifier, standing } from '#core/people'
import type { Identifier, Person } from '#core/people/contract'
import { withOrganization } from '#platform/database'

export type Known = {
  person: Person
  passwordHash: string | null
  isMember: boolean
  /** Has signed up, and nobody has agreed yet. */
  isWaiting: boolean
}

const nobody = 'per_nobody'

const lookAtHome = (homeId: string, named: Identifier) =>
  withOrganization(homeId, async (tx) => {
    const person = await findByIdentifier(tx, named)
    const password = await passwordOf(tx, person?.id ?? nobody)
    return person && { person, passwordHash: password?.hash ?? null }
  })

/** Everybody with this name, in the order of look-up, members or not. */
const allNamed = async (organizationId: string, named: Identifier): Promise<Known[]> => {
  const found: Pick<Known, 'person' | 'passwordHash'>[] = []
  for (const homeId of directory().homes(organizationId)) {
    const known = await lookAtHome(homeId, named)
    if (known) found.push(known)
  }
  return withOrganization(organizationId, async (tx) => {
    if (found.length === 0) await standing(tx, { homeId: organizationId, personId: nobody })
    const all: Known[] = []
    for (const known of found) {
      const { homeId, id: personId } = known.person
      const status = await standing(tx, { homeId, personId })
      all.push({ ...known, isMember: status === 'active', isWaiting: status === 'pending' })
    }
    return all
  })
}

/** Everybody with this address, in canonical form. */
export const accountsOf = (organizationId: string, key: string): Promise<Known[]> =>
  allNamed(organizationId, { kind: 'email', key })

/**
 * Who may be signed in here by this name, or else who waits for it, which is theirs alone to be told. Somebody suspended is as
 * good as unknown.
 */
export const whom = async (organizationId: string, named: Identifier): Promise<Known | null> => {
  const active = (await allNamed(organizationId, named)).filter(({ person }) => person.status === 'active')
  return active.find(({ isMember }) => isMember) ?? active.find(({ isWaiting }) => isWaiting) ?? null
}

/** Whether an account with this address exists that a sign-up here could not make again. */
export const isTaken = async (organizationId: string, key: string): Promise<boolean> =>
  (await accountsOf(organizationId, key)).some(({ isMember, isWaiting }) => isMember || isWaiting)
