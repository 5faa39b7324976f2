/** From permissions, each with its reasons, to reasons, each with the permissions that came by it. */
import type { Explanation, Reason } from '#core/access/contract'

export type Gift = { key: string; reason: Reason; permissions: string[] }

/** A grant is told apart by its id; where the reader may not see that, by all that is said of it. */
const keyOf = ({ grantId, organization, role, reach, through, isByRule, givenAt, endsAt }: Reason): string =>
  grantId ?? [organization.id, role, reach, through, isByRule, givenAt.getTime(), endsAt?.getTime() ?? ''].join(' ')

/** What was given furthest up comes last: what is nearest is asked about first. */
export const giftsOf = ({ organization, permissions }: Pick<Explanation, 'organization' | 'permissions'>): Gift[] => {
  const gifts = new Map<string, Gift>()
  for (const { permission, reasons } of permissions) {
    for (const reason of reasons) {
      const key = keyOf(reason)
      const known = gifts.get(key) ?? { key, reason, permissions: [] }
      gifts.set(key, { ...known, permissions: [...known.permissions, permission] })
    }
  }
  const isHere = ({ reason }: Gift) => reason.organization.id === organization.id
  return [...gifts.values()].sort((a, b) => Number(isHere(b)) - Number(isHere(a)))
}
