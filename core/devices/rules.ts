import { days, now } from '#platform/clock'

type Trust = { trustedAt: Date | null; trustedUntil: Date | null }

/**
 * Until when a browser is trusted; null where it is not. Of what it was promised and what the organization says today the
 * earlier counts, and nothing that was promised before the person's password or second step changed.
 */
export const trustedUntil = (
  { trustedAt, trustedUntil: promised }: Trust,
  policyDays: number,
  trustEndedAt: Date | null,
): Date | null => {
  if (!trustedAt || !promised || (trustEndedAt && trustedAt <= trustEndedAt)) return null
  const until = new Date(Math.min(promised.getTime(), trustedAt.getTime() + days(policyDays)))
  return until > now() ? until : null
}
