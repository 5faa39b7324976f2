import type { Actor } from '#core/authority/contract'
import type { PersonRef } from '#core/people/contract'
import { fail } from '#platform/failure'

/** Whose account it is; a program has none. */
export const personIn = ({ kind, homeId, personId }: Actor): PersonRef =>
  kind === 'person' && homeId && personId ? { homeId, personId } : fail('account.not_a_person')
