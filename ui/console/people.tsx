import { IconDownload, IconFileImport, IconUserPlus, IconUsers, IconX } from '@tabler/icons-react'
import type { Holdings } from '#core/access/contract'
import { hasUsernames, membershipKinds } from '#core/people/contract'
import type { RosterCounts, RosterPerson } from '#core/roster/contract'
import { fullName } from '../frame/account-frame.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { SelectField } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { failureAbove } from './panel.tsx'
import { RecoveriesButton, RecoveriesLink } from './recoveries.tsx'
import bar from './selection.module.css'
import { kindName, listed, Moment, roleName, StatusBadge } from './standing.tsx'
import { Card, type Column, Empty, Pager, type Row, Table, Twofold } from './table.tsx'
import { Filters, Search, Tabs, Toolbar, withQuery } from './toolbar.tsx'

const screen = 'people'
const path = '/organization/people'

export type PeopleData = {
  people: RosterPerson[]
  holdings: ReadonlyMap<string, Holdings>
  counts: RosterCounts
  /** Invitations that wait for an answer; null for whoever may not see them. */
  invited: number | null
  /** Who have lost their second step and ask for help; null for whoever may not help. */
  recoveries: number | null
  /** The address of the next part. */
  next: string | null
  query: Readonly<Record<string, string | undefined>>
  roles: { value: string; name: string | null }[]
  groups: { id: string; name: string }[]
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: PeopleData
  told?: Record<string, string | number>
} & Answered

/** The address, after the username where people sign in with one. */
const detailOf = (site: UiSite, { email, username }: RosterPerson): string =>
  username && hasUsernames(site.organization) ? `${username} · ${email}` : email

const rowOf = (site: UiSite, person: RosterPerson, held: Holdings | undefined): Row => ({
  id: person.personId,
  href: site.path(`${path}/${person.personId}`),
  choice: say(site, 'people.choose', { name: fullName(person) }),
  cells: {
    person: (
      <Twofold picture={<Avatar person={person} />} name={fullName(person)} detail={detailOf(site, person)} ltr />
    ),
    role: listed(
      site,
      (held?.roles ?? []).map((role) => roleName(site, role)),
    ),
    group: listed(site, held?.groups ?? []),
    kind: kindName(site, person.kind),
    status: <StatusBadge site={site} status={person.status} />,
    seen: <Moment site={site} at={person.lastSignInAt} />,
  },
})

const columnsOf = (site: UiSite): Column[] => {
  const { t } = site.texts
  return [
    { key: 'person', label: t('people.column.person'), kind: 'main' },
    { key: 'role', label: t('people.column.role') },
    { key: 'group', label: t('people.column.group') },
    { key: 'kind', label: t('people.column.kind') },
    { key: 'status', label: t('people.column.status'), kind: 'state' },
    { key: 'seen', label: t('people.column.seen') },
  ]
}

const bulkActions = [
  ['approve', 'sign-up.approve'],
  ['decline', 'sign-up.approve'],
  ['give-role', 'role.assign'],
  ['add-to-group', 'group.manage'],
  ['suspend', 'people.suspend'],
  ['resume', 'people.suspend'],
  ['end-sessions', 'people.suspend'],
  ['remove', 'people.delete'],
] as const
const ofWaiting: readonly string[] = ['approve', 'decline']

/** In place of the head of the table as soon as somebody is chosen. */
function Selection({ site, frame, status }: { site: UiSite; frame: ConsoleFrameData; status: string | undefined }) {
  const { t } = site.texts
  const fitting = bulkActions.filter(
    ([action, permission]) =>
      frame.can.includes(permission) &&
      ofWaiting.includes(action) === (status === 'pending') &&
      !(action === 'resume' && status !== 'suspended') &&
      !(action === 'suspend' && status === 'suspended'),
  )
  return (
    <div className={bar.bar} data-part="people.selection">
      <strong data-selection={t('people.selected')}>{t('people.selected.some')}</strong>
      {fitting.map(([action]) => (
        <button key={action} type="submit" name="action" value={action} data-part={`people.bulk.${action}`}>
          {t(`people.bulk.${action}`)}
        </button>
      ))}
      <button type="reset" className={bar.clear} data-part="people.bulk.clear">
        <IconX size={16} stroke={1.75} aria-hidden />
        {t('console.clear')}
      </button>
    </div>
  )
}

function PeopleFilters({ site, data: { query, roles, groups } }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const fields = ['kind', 'role', 'group', 'sort']
  const any = { value: '', label: t('console.any') }
  const field = (name: string, options: { value: string; label: string }[]) => (
    <SelectField
      screen={screen}
      name={name}
      label={t(`people.filter.${name}`)}
      value={query[name] ?? ''}
      options={options}
    />
  )
  return (
    <Filters site={site} path={path} query={query} fields={fields} active={fields.filter((name) => query[name]).length}>
      {field('kind', [any, ...membershipKinds.map((value) => ({ value, label: kindName(site, value) }))])}
      {field('role', [
        any,
        ...roles.map(({ value, name }) => ({ value, label: roleName(site, { role: value, name }) })),
      ])}
      {groups.length > 0 ? field('group', [any, ...groups.map(({ id, name }) => ({ value: id, label: name }))]) : null}
      {field('sort', [
        { value: '', label: t('people.sort.name') },
        { value: 'newest', label: t('people.sort.newest') },
      ])}
      <Button part="people.filter.apply" small>
        {t('console.show')}
      </Button>
    </Filters>
  )
}

function Bar({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { counts, query } = data
  const tabs = [
    { value: undefined, label: t('people.tab.all'), count: counts.active + counts.pending + counts.suspended },
    { value: 'active', label: t('people.tab.active'), count: counts.active },
    { value: 'pending', label: t('people.tab.pending'), count: counts.pending },
    { value: 'suspended', label: t('people.tab.suspended'), count: counts.suspended },
  ].filter(({ value, count }) => value === undefined || count > 0 || query.status === value)
  return (
    <Toolbar>
      <Search site={site} path={path} query={query} label={t('people.search')} part={screen} />
      <Tabs site={site} path={path} query={query} name="status" tabs={tabs} label={t('people.tabs')} />
      <PeopleFilters site={site} data={data} />
    </Toolbar>
  )
}

function List({ site, frame, data }: Pick<Props, 'site' | 'frame' | 'data'>) {
  const { t } = site.texts
  const { people, holdings, query, next } = data
  const isNarrowed = Object.entries(query).some(([name, value]) => value && name !== 'sort' && name !== 'after')
  if (people.length === 0) {
    return (
      <Card>
        <Empty
          icon={<IconUsers size={26} stroke={1.5} aria-hidden />}
          title={t(isNarrowed ? 'people.none-found.title' : 'people.empty.title')}
          lead={say(site, isNarrowed ? 'people.none-found.lead' : 'people.empty.lead')}
        >
          {isNarrowed ? (
            <ButtonLink part="people.show-all" href={site.path(path)} kind="secondary" small>
              {t('people.show-all')}
            </ButtonLink>
          ) : null}
        </Empty>
      </Card>
    )
  }
  return (
    <form
      method="get"
      action={site.path(`${path}/bulk`)}
      className={bar.choosing}
      data-part="people.form"
      data-choosing=""
    >
      <Card>
        <Selection site={site} frame={frame} status={query.status} />
        <Table
          part="people.table"
          caption={t('people.caption')}
          columns={columnsOf(site)}
          rows={people.map((person) => rowOf(site, person, holdings.get(person.personId)))}
          chooses="people"
          allLabel={t('people.choose-all')}
        />
        <Pager site={site} path={path} query={query} next={next} />
      </Card>
    </form>
  )
}

/** What the list shows, narrowed as it is, as a file. */
function Download({ site, frame, data: { people, query } }: Pick<Props, 'site' | 'frame' | 'data'>) {
  if (!frame.can.includes('people.export') || people.length === 0) return null
  const { after: _, sort: __, ...wanted } = query
  return (
    <p className={bar.below}>
      <a href={site.path(withQuery(`${path}/export`, wanted))} data-part="people.export">
        <IconDownload size={18} stroke={1.75} aria-hidden />
        {site.texts.t('people.export')}
      </a>
    </p>
  )
}

/** Everybody who lives or belongs here. */
export function People(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { active, pending, suspended } = data.counts
  const all = active + pending + suspended
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={path}
      heading={t('console.people.title')}
      lead={
        data.invited
          ? say(site, 'people.lead-invited', { all, invited: data.invited })
          : say(site, 'people.lead', { all })
      }
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        <>
          <RecoveriesButton site={site} count={data.recoveries} />
          {frame.can.includes('people.create') ? (
            <ButtonLink
              part="people.import"
              href={site.path(`${path}/import`)}
              kind="secondary"
              small
              icon={<IconFileImport size={18} stroke={1.75} aria-hidden />}
            >
              {t('people.import')}
            </ButtonLink>
          ) : null}
          {frame.can.includes('people.create') ? (
            <ButtonLink part="people.new" href={site.path(`${path}/new`)} kind="secondary" small>
              {t('people.new')}
            </ButtonLink>
          ) : null}
          {frame.can.includes('invitation.manage') ? (
            <ButtonLink
              part="people.invite"
              href={site.path('/organization/invitations/new')}
              small
              icon={<IconUserPlus size={18} stroke={1.75} aria-hidden />}
            >
              {t('people.invite')}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      <Bar site={site} data={data} />
      <List site={site} frame={frame} data={data} />
      <Download site={site} frame={frame} data={data} />
      <RecoveriesLink site={site} count={data.recoveries} className={bar.below} />
    </ConsoleFrame>
  )
}
