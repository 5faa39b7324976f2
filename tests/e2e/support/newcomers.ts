// People who did not exist before, from networks that nobody has been seen in: so that no story is in the way of another.

import { randomInt, randomUUID } from 'node:crypto'

/** An address of a private network. Limits count by it. */
export const newNetwork = (): string => `10.${randomInt(256)}.${randomInt(256)}.${1 + randomInt(254)}`

export type Newcomer = { email: string; givenName: string; familyName: string; password: string }

export const newAddress = (name = 'visitor'): string => `${name}.${randomUUID().slice(0, 13)}@visitor.example`

export const newPassword = (): string => `lantern quartz ${randomUUID().slice(0, 8)}`

export const newcomer = (name = 'ines'): Newcomer => ({
  email: newAddress(name),
  givenName: 'Inês',
  familyName: 'Okonkwo',
  password: newPassword(),
})

/** A mobile of nobody: the numbers of a country whose shape every library knows. */
export const newMobile = (): string => `+4179${randomInt(2_000_000, 9_999_999)}`
