import { IconBan, IconCircleCheck, IconClockOff, IconHandStop, IconHourglass, IconLifebuoy } from '@tabler/icons-react'
import { type RecoveryRequest, type RecoveryView, recoveryStatuses } from '#core/recovery/contract'
import { fullName } from '../frame/account-frame.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { Badge } from './badge.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { failureAbove } from './panel.tsx'
import { peoplePath } from './person-parts.tsx'
import { Moment } from './standing.tsx'
import { Card, type Column, Empty, Pager, type Row, Table, Twofold } from './table.tsx'
import { Tabs, Toolbar } from './toolbar.tsx'

const screen = 'recoveries'
export const recoveriesPath = `${peoplePath}/recovery`

export type RecoveriesData = {
  requests: RecoveryView[]
  next: string | null
  query: Readonly<Record<string, string | undefined>>
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: RecoveriesData
  told?: Record<string, string | number> | undefined
} & Answered

const marks = {
  waiting: { tone: 'warning', Icon: IconHourglass },
  approved: { tone: 'plain', Icon: IconCircleCheck },
  declined: { tone: 'danger', Icon: IconBan },
  cancelled: { tone: 'danger', Icon: IconHandStop },
  completed: { tone: 'plain', Icon: IconCircleCheck },
  expired: { tone: 'plain', Icon: IconClockOff },
} as const

export function RecoveryStatus({ site, status }: { site: UiSite; status: RecoveryRequest['status'] }) {
  const { tone, Icon } = marks[status]
  return (
    <Badge tone={tone} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
      {site.texts.t(`recoveries.status.${status}`)}
    </Badge>
  )
}

const rowOf = (site: UiSite, { id, person, createdAt, status }: RecoveryView): Row => ({
  id,
  href: site.path(`${recoveriesPath}/${id}`),
  cells: {
    person: <Twofold picture={<Avatar person={person} />} name={fullName(person)} detail={person.email} ltr />,
    asked: <Moment site={site} at={createdAt} />,
    seen: <Moment site={site} at={person.lastSignInAt} />,
    status: <RecoveryStatus site={site} status={status} />,
  },
})

/** Beside what else may be done to people, as soon as somebody waits. */
export function RecoveriesButton({ site, count }: { site: UiSite; count: number | null }) {
  if (count === null || count === 0) return null
  return (
    <ButtonLink
      part="people.recoveries"
      href={site.path(`${recoveriesPath}?status=waiting`)}
      kind="secondary"
      small
      icon={<IconLifebuoy size={18} stroke={1.75} aria-hidden />}
    >
      {site.texts.t('people.recoveries', { count })}
    </ButtonLink>
  )
}

/** The way to all of them, for whoever may help. */
export function RecoveriesLink({ site, count, className }: { site: UiSite; count: number | null; className?: string }) {
  if (count === null) return null
  return (
    <p className={className}>
      <a href={site.path(recoveriesPath)} data-part="people.recovery">
        <IconLifebuoy size={18} stroke={1.75} aria-hidden />
        {site.texts.t('recoveries.title')}
      </a>
    </p>
  )
}

/** People who have lost their second step. */
export function Recoveries(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { requests, next, query } = data
  const columns: Column[] = [
    { key: 'person', label: t('people.column.person'), kind: 'main' },
    { key: 'asked', label: t('recoveries.column.asked') },
    { key: 'seen', label: t('people.column.seen') },
    { key: 'status', label: t('people.column.status'), kind: 'state' },
  ]
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={recoveriesPath}
      heading={t('recoveries.title')}
      lead={say(site, 'recoveries.lead')}
      back={{ href: peoplePath, label: t('console.people.title') }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
    >
      <Toolbar>
        <Tabs
          site={site}
          path={recoveriesPath}
          query={query}
          name="status"
          label={t('recoveries.tabs')}
          atStart
          tabs={[
            { value: undefined, label: t('recoveries.tab.all') },
            ...recoveryStatuses
              .filter((value) => value === 'waiting' || value === 'approved')
              .map((value) => ({ value, label: t(`recoveries.status.${value}`) })),
          ]}
        />
      </Toolbar>
      <Card>
        {requests.length === 0 ? (
          <Empty
            icon={<IconLifebuoy size={26} stroke={1.5} aria-hidden />}
            title={t('recoveries.empty.title')}
            lead={say(site, 'recoveries.empty.lead')}
          />
        ) : (
          <Table
            part="recoveries.table"
            caption={t('recoveries.title')}
            columns={columns}
            rows={requests.map((request) => rowOf(site, request))}
          />
        )}
        <Pager site={site} path={recoveriesPath} query={query} next={next} />
      </Card>
    </ConsoleFrame>
  )
}
