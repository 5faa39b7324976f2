import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import type { GroupView } from '#core/access/contract'
import { ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { groupsPath as path, ruleWords } from './group-words.tsx'
import { failureAbove } from './panel.tsx'
import { listed, roleName } from './standing.tsx'
import { Card, type Column, Empty, Pager, Table, Twofold } from './table.tsx'
import { Search, Toolbar } from './toolbar.tsx'

const screen = 'groups'

export type GroupsData = {
  groups: GroupView[]
  next: string | null
  query: Readonly<Record<string, string | undefined>>
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: GroupsData
  told?: Record<string, string | number> | undefined
} & Answered

function NewLink({ site, frame }: Pick<Props, 'site' | 'frame'>) {
  if (!frame.can.includes('group.manage')) return null
  return (
    <ButtonLink
      part="groups.new"
      href={site.path(`${path}/new`)}
      small
      icon={<IconPlus size={18} stroke={1.75} aria-hidden />}
    >
      {site.texts.t('groups.new')}
    </ButtonLink>
  )
}

function None({ site, query }: { site: UiSite; query: GroupsData['query'] }) {
  const { t } = site.texts
  const which = query.search ? 'none-found' : 'empty'
  return (
    <Card>
      <Empty
        icon={<IconUsersGroup size={26} stroke={1.5} aria-hidden />}
        title={t(`groups.${which}.title`)}
        lead={say(site, `groups.${which}.lead`)}
      >
        {query.search ? (
          <ButtonLink part="groups.show-all" href={site.path(path)} kind="secondary" small>
            {t('groups.show-all')}
          </ButtonLink>
        ) : null}
      </Empty>
    </Card>
  )
}

const columnsOf = (site: UiSite): Column[] => {
  const { t } = site.texts
  return [
    { key: 'name', label: t('groups.column.name'), kind: 'main' },
    { key: 'rule', label: t('groups.column.rule') },
    { key: 'roles', label: t('groups.column.roles') },
    { key: 'members', label: t('groups.column.members'), kind: 'state' },
  ]
}

/** Groups with how many are in each. */
export function Groups(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { groups, next, query } = data
  const rows = groups.map((group) => ({
    id: group.id,
    href: site.path(`${path}/${group.id}`),
    cells: {
      name: <Twofold name={group.name} detail={group.description} />,
      rule: <span dir="auto">{ruleWords(site, group.rule)}</span>,
      roles: listed(
        site,
        group.roles.map((role) => roleName(site, role)),
      ),
      members: t('groups.members', { count: group.members }),
    },
  }))
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section={screen}
      screen={screen}
      here={path}
      heading={t('console.groups.title')}
      lead={t('groups.lead')}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={<NewLink site={site} frame={frame} />}
    >
      <Toolbar>
        <Search site={site} path={path} query={query} label={t('groups.search')} part={screen} />
      </Toolbar>
      {groups.length === 0 ? (
        <None site={site} query={query} />
      ) : (
        <Card>
          <Table part="groups.table" caption={say(site, 'groups.caption')} columns={columnsOf(site)} rows={rows} />
          <Pager site={site} path={path} query={query} next={next} />
        </Card>
      )}
    </ConsoleFrame>
  )
}
