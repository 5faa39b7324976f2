import { IconBan, IconBuildingStore, IconCircleCheck, IconHourglass, IconMailPlus } from '@tabler/icons-react'
import { type BusinessRequest, requestStatuses } from '#core/onboarding/contract'
import { ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { Badge } from './badge.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { failureAbove } from './panel.tsx'
import { organizationsPath } from './question.tsx'
import { Moment } from './standing.tsx'
import { Card, type Column, Empty, Pager, type Row, Table, Twofold } from './table.tsx'
import { Tabs, Toolbar } from './toolbar.tsx'

const screen = 'businesses'
export const businessesPath = `${organizationsPath}/businesses`

export type BusinessesData = {
  requests: BusinessRequest[]
  next: string | null
  query: Readonly<Record<string, string | undefined>>
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: BusinessesData
  told?: Record<string, string | number> | undefined
} & Answered

const marks = {
  waiting: { tone: 'warning', Icon: IconHourglass },
  approved: { tone: 'plain', Icon: IconCircleCheck },
  declined: { tone: 'danger', Icon: IconBan },
} as const

export function RequestStatus({ site, status }: { site: UiSite; status: BusinessRequest['status'] }) {
  const { tone, Icon } = marks[status]
  return (
    <Badge tone={tone} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
      {site.texts.t(`businesses.status.${status}`)}
    </Badge>
  )
}

const rowOf = (site: UiSite, request: BusinessRequest): Row => ({
  id: request.id,
  href: site.path(`${businessesPath}/${request.id}`),
  cells: {
    business: <Twofold name={request.name} detail={request.email} ltr />,
    handle: <Isolated>{request.handle}</Isolated>,
    asked: <Moment site={site} at={request.createdAt} />,
    status: <RequestStatus site={site} status={request.status} />,
  },
})

/** Businesses that ask to be an organization below this one. */
export function Businesses(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { requests, next, query } = data
  const columns: Column[] = [
    { key: 'business', label: t('businesses.column.business'), kind: 'main' },
    { key: 'handle', label: t('businesses.column.handle') },
    { key: 'asked', label: t('businesses.column.asked') },
    { key: 'status', label: t('businesses.column.status'), kind: 'state' },
  ]
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="organizations"
      screen={screen}
      here={businessesPath}
      heading={t('businesses.title')}
      lead={say(site, 'businesses.lead')}
      back={{ href: organizationsPath, label: t('console.organizations.title') }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        <ButtonLink
          part="businesses.invite"
          href={site.path(`${organizationsPath}/invite`)}
          small
          icon={<IconMailPlus size={18} stroke={1.75} aria-hidden />}
        >
          {t('businesses.invite')}
        </ButtonLink>
      }
    >
      <Toolbar>
        <Tabs
          site={site}
          path={businessesPath}
          query={query}
          name="status"
          label={t('businesses.tabs')}
          atStart
          tabs={[
            { value: undefined, label: t('businesses.tab.all') },
            ...requestStatuses.map((value) => ({ value, label: t(`businesses.tab.${value}`) })),
          ]}
        />
      </Toolbar>
      <Card>
        {requests.length === 0 ? (
          <Empty
            icon={<IconBuildingStore size={26} stroke={1.5} aria-hidden />}
            title={t('businesses.empty.title')}
            lead={say(site, 'businesses.empty.lead')}
          />
        ) : (
          <Table
            part="businesses.table"
            caption={t('businesses.title')}
            columns={columns}
            rows={requests.map((request) => rowOf(site, request))}
          />
        )}
        <Pager site={site} path={businessesPath} query={query} next={next} />
      </Card>
    </ConsoleFrame>
  )
}
