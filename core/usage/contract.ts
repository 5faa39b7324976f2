// The words of usage: how much an organization is used, by day.

/** `day` is a date in UTC, `people` how many belonged to the organization when it was last counted that day. */
export type UsageDay = { day: string; people: number | null; signIns: number; mails: number }
export type Usage = { people: number; signIns: number; mails: number; days: UsageDay[] }

/** `before` is what as many days before came to; its people are those at its end, null where nobody counted. */
export type ComparedUsage = Usage & { before: { people: number | null; signIns: number; mails: number } }

/** As far back as figures are asked for. */
export const mostDays = 92
