import { type AuditQuery, isAuditKind } from '#core/audit/contract'
import type { Actor } from '#core/authority/contract'
import { idsCalled } from '#core/oversight'
import { days, fromNow } from '#platform/clock'
import { auditDays, usualAuditDays } from '#ui/console/audit'
import type { Site } from '#web/site'
import { oneOf } from '../_asked.ts'

type Query = Readonly<Record<string, string | undefined>>

/** What the address of the trail asks for, read without believing it; absent is what it does not say. */
export const auditAsked = (query: Query) => ({
  search: query.search?.trim().slice(0, 120) || undefined,
  days: query.days === usualAuditDays ? undefined : oneOf(auditDays, query.days),
  kind: query.kind !== undefined && isAuditKind(query.kind) ? query.kind : undefined,
  person: /^[a-z]{3}_[0-9a-z]{1,40}$/.test(query.person ?? '') ? query.person : undefined,
})

/** The same as core is asked it. */
export const auditQuery = async (site: Site, by: Actor, query: Query): Promise<Omit<AuditQuery, 'limit'>> => {
  const { search, days: back = usualAuditDays, kind, person } = auditAsked(query)
  return {
    ...(kind ? { kind } : {}),
    ...(person ? { about: person } : {}),
    ...(back === 'all' ? {} : { from: fromNow(-days(Number(back))) }),
    ...(search ? { search: { text: search, ids: await idsCalled(site.organization.id, by, search) } } : {}),
  }
}
