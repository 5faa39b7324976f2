// Whom an address means here: the first person with it, in the order in which this organization looks for people, who
// may be signed in here, or waits to be let in. Asked the same questions whether there is one or not.

import { passwordOf, totpOf } from '#core/credentials'
import { directory } from '#core/organizations'
import { findByEmail, standing } from '#core/people'
import type { Person } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import type { Named } from './attempts.ts'

export type Known = {
  person: Person
  passwordHash: string | null
  hasTotp: boolean
  isMember: boolean
  /** Has signed up, and nobody has agreed yet. */
  isWaiting: boolean
}

const nobody = 'per_nobody'

const lookAtHome = (homeId: string, key: string) =>
  withOrganization(homeId, async (tx) => {
    const person = await findByEmail(tx, key)
    const id = person?.id ?? nobody
    const [password, totp] = [await passwordOf(tx, id), await totpOf(tx, id)]
    return person && { person, passwordHash: password?.hash ?? null, hasTotp: totp !== null }
  })

/** Everybody with this address, in the order of look-up, members or not. */
export const accountsOf = async (organizationId: string, key: string): Promise<Known[]> => {
  const found: Omit<Known, 'isMember' | 'isWaiting'>[] = []
  for (const homeId of directory().homes(organizationId)) {
    const known = await lookAtHome(homeId, key)
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

/**
 * Who may be signed in here with this address, or else who waits for it, which is theirs alone to be told. Somebody suspended
 * is as good as unknown.
 */
export const whom = async (organizationId: string, { key }: Pick<Named, 'key'>): Promise<Known | null> => {
  const active = (await accountsOf(organizationId, key)).filter(({ person }) => person.status === 'active')
  return active.find(({ isMember }) => isMember) ?? active.find(({ isWaiting }) => isWaiting) ?? null
}

/** Whether an account with this address exists that a sign-up here could not make again. */
export const isTaken = async (organizationId: string, key: string): Promise<boolean> =>
  (await accountsOf(organizationId, key)).some(({ isMember, isWaiting }) => isMember || isWaiting)
