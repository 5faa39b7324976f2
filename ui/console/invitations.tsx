import { IconMail, IconSend, IconTrash, IconUserPlus, IconX } from '@tabler/icons-react'
import type { InvitationState, InvitationView } from '#core/invitations/contract'
import { ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { asWhat, inviterName, MailBadge, invitationsPath as path, type RoleNames } from './invitation-words.tsx'
import { failureAbove } from './panel.tsx'
import { type ResultLine, Results } from './results.tsx'
import { RowButtons, RowLink, RowSubmit } from './row-buttons.tsx'
import bar from './selection.module.css'
import { Moment } from './standing.tsx'
import { Card, type Column, Empty, Pager, type Row, Table, Twofold } from './table.tsx'
import { Search, Tabs, Toolbar, withQuery } from './toolbar.tsx'

const screen = 'invitations'

export type InvitationsData = {
  invitations: InvitationView[]
  counts: Record<InvitationState, number>
  roleNames: RoleNames
  /** The address of the next part. */
  next: string | null
  query: Readonly<Record<string, string | undefined>>
  /** What became of those that have just been sent, or changed. */
  results: ResultLine[]
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: InvitationsData
  told?: Record<string, string | number> | undefined
} & Answered

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** Where this list is, with all that narrows it. */
const hereOf = ({ query }: InvitationsData): string => withQuery(path, query)

const Ends = ({ site, one }: { site: UiSite; one: InvitationView }) => (
  <RowButtons hasPage>
    <RowSubmit
      action={site.path('/organization/do/invitations.resend')}
      name="invitation"
      value={one.id}
      label={say(site, 'invitations.resend-to', { email: one.email })}
      part="invitations.resend"
      icon={<IconSend {...icon} />}
    />
    <RowLink
      href={site.path(withQuery(`${path}/bulk`, { action: 'revoke', invitations: one.id }))}
      label={say(site, 'invitations.revoke-from', { email: one.email })}
      part="invitations.revoke"
      icon={<IconTrash {...icon} />}
    />
  </RowButtons>
)

const isOpen = ({ state }: InvitationView): boolean => state === 'pending' || state === 'expired'

const whenOf = ({ state, acceptedAt, expiresAt, lastSentAt }: InvitationView): Date | null => {
  if (state === 'accepted') return acceptedAt
  return state === 'revoked' ? lastSentAt : expiresAt
}

const rowOf = (site: UiSite, one: InvitationView, names: RoleNames): Row => ({
  id: one.id,
  href: site.path(`${path}/${one.id}`),
  choice: isOpen(one) ? say(site, 'invitations.choose', { email: one.email }) : undefined,
  cells: {
    email: <Twofold name={<Isolated>{one.email}</Isolated>} detail={asWhat(site, one, names)} />,
    by: <span dir="auto">{inviterName(site, one.inviter)}</span>,
    when: <Moment site={site} at={whenOf(one)} />,
    mail: <MailBadge site={site} invitation={one} />,
  },
  end: isOpen(one) ? <Ends site={site} one={one} /> : undefined,
})

const columnsOf = (site: UiSite, state: string): Column[] => {
  const { t } = site.texts
  return [
    { key: 'email', label: t('invitations.column.email'), kind: 'main' },
    { key: 'by', label: t('invitations.column.by') },
    { key: 'when', label: t(`invitations.column.when.${state}`) },
    { key: 'mail', label: t('invitations.column.mail'), kind: 'state' },
  ]
}

function Selection({ site }: { site: UiSite }) {
  const { t } = site.texts
  return (
    <div className={bar.bar} data-part="invitations.selection">
      <strong data-selection={t('invitations.selected')}>{t('invitations.selected.some')}</strong>
      {(['resend', 'revoke'] as const).map((action) => (
        <button key={action} type="submit" name="action" value={action} data-part={`invitations.bulk.${action}`}>
          {action === 'resend' ? <IconSend {...icon} /> : <IconTrash {...icon} />}
          {t(`invitations.bulk.${action}`)}
        </button>
      ))}
      <button type="reset" className={bar.clear} data-part="invitations.bulk.clear">
        <IconX size={16} stroke={1.75} aria-hidden />
        {t('console.clear')}
      </button>
    </div>
  )
}

function Bar({ site, data: { counts, query } }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const tabs = (['pending', 'expired', 'accepted', 'revoked'] as const).map((state) => ({
    value: state === 'pending' ? undefined : state,
    label: t(`invitations.state.${state}`),
    count: counts[state],
  }))
  return (
    <Toolbar>
      <Search site={site} path={path} query={query} label={t('invitations.search')} part={screen} />
      <Tabs site={site} path={path} query={query} name="state" tabs={tabs} label={t('invitations.tabs')} />
    </Toolbar>
  )
}

const InviteLink = ({ site }: { site: UiSite }) => (
  <ButtonLink part="invitations.new" href={site.path(`${path}/new`)} small icon={<IconUserPlus {...icon} />}>
    {site.texts.t('invitations.new')}
  </ButtonLink>
)

function None({ site, query, isFirst }: { site: UiSite; query: InvitationsData['query']; isFirst: boolean }) {
  const { t } = site.texts
  const which = query.search ? 'none-found' : isFirst ? 'empty' : `none.${query.state ?? 'pending'}`
  return (
    <Card>
      <Empty
        icon={<IconMail size={26} stroke={1.5} aria-hidden />}
        title={t(`invitations.${which}.title`)}
        lead={say(site, `invitations.${which}.lead`)}
      >
        {query.search ? (
          <ButtonLink
            part="invitations.show-all"
            href={site.path(withQuery(path, { state: query.state }))}
            kind="secondary"
            small
          >
            {t('invitations.show-all')}
          </ButtonLink>
        ) : null}
      </Empty>
    </Card>
  )
}

function List({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { invitations, roleNames, query, next, counts } = data
  const isFirst = Object.values(counts).every((count) => count === 0)
  if (invitations.length === 0) return <None site={site} query={query} isFirst={isFirst} />
  const state = query.state ?? 'pending'
  const canChoose = invitations.some(isOpen)
  return (
    <form
      method="get"
      action={site.path(`${path}/bulk`)}
      className={bar.choosing}
      data-part="invitations.form"
      data-choosing=""
    >
      <input type="hidden" name="back" value={hereOf(data)} />
      <Card>
        {canChoose ? <Selection site={site} /> : null}
        <Table
          part="invitations.table"
          caption={t(`invitations.caption.${state}`)}
          columns={columnsOf(site, state)}
          rows={invitations.map((one) => rowOf(site, one, roleNames))}
          chooses={canChoose ? 'invitations' : undefined}
          allLabel={t('invitations.choose-all')}
        />
        <Pager site={site} path={path} query={query} next={next} />
      </Card>
    </form>
  )
}

/** Who is asked to join, and what became of it. */
export function Invitations(props: Props) {
  const { site, frame, data, notice, told } = props
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section={screen}
      screen={screen}
      here={path}
      heading={site.texts.t('console.invitations.title')}
      lead={say(site, 'invitations.lead', { pending: data.counts.pending })}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={<InviteLink site={site} />}
    >
      <Results site={site} lines={data.results} />
      <Bar site={site} data={data} />
      <List site={site} data={data} />
    </ConsoleFrame>
  )
}
