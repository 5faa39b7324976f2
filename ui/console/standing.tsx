/** Words and marks that several pages of the console use for how somebody stands, and what they hold. */
import { IconBan, IconCircleCheck, IconHourglass } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { HeldRole } from '#core/access/contract'
import { isBuiltInRole } from '#core/authority/contract'
import type { Membership } from '#core/people/contract'
import type { UiSite } from '../site.tsx'
import { Badge, type Tone } from './badge.tsx'

type Status = Membership['status']

const marks: Record<Status, { tone: Tone; Icon: typeof IconBan }> = {
  active: { tone: 'plain', Icon: IconCircleCheck },
  suspended: { tone: 'danger', Icon: IconBan },
  pending: { tone: 'warning', Icon: IconHourglass },
}

export function StatusBadge({ site, status }: { site: UiSite; status: Status }) {
  const { tone, Icon } = marks[status]
  return (
    <Badge tone={tone} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
      {site.texts.t(`people.status.${status}`)}
    </Badge>
  )
}

/** What a role is called: a built-in one in the reader's language. */
export const roleName = (site: UiSite, { role, name }: HeldRole): string =>
  isBuiltInRole(role) ? site.texts.t(`role.${role}`) : (name ?? role)

export const kindName = (site: UiSite, kind: Membership['kind'] | null): string =>
  site.texts.t(`people.kind.${kind ?? 'none'}`)

/** Several words in a row as the language lists them; a dash for none. */
export const listed = (site: UiSite, words: readonly string[]): ReactNode =>
  words.length === 0 ? (
    <span aria-hidden>—</span>
  ) : (
    <span dir="auto">{new Intl.ListFormat(site.locale, { type: 'unit' }).format(words)}</span>
  )

const dayMs = 24 * 60 * 60_000

/** A moment as people say it: the time of today, the day of this year, or the date. */
export function Moment({ site, at, now = new Date() }: { site: UiSite; at: Date | null; now?: Date }) {
  if (!at) return <span>{site.texts.t('console.never')}</span>
  const age = now.getTime() - at.getTime()
  const wish: Intl.DateTimeFormatOptions =
    age < dayMs && at.getUTCDate() === now.getUTCDate()
      ? { hour: '2-digit', minute: '2-digit' }
      : {
          day: 'numeric',
          month: age < 300 * dayMs ? 'long' : 'short',
          ...(age < 300 * dayMs ? {} : { year: 'numeric' }),
        }
  return (
    <time dateTime={at.toISOString()}>
      {new Intl.DateTimeFormat(site.locale, { ...wish, timeZone: 'UTC' }).format(at)}
    </time>
  )
}
