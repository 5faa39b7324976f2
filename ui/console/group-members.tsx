import { IconUsers } from '@tabler/icons-react'
import type { Group } from '#core/access/contract'
import type { RosterPerson } from '#core/roster/contract'
import { fullName } from '../frame/account-frame.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { groupsPath } from './group-words.tsx'
import { ConsoleForm, failureAbove } from './panel.tsx'
import { RowWords } from './row-buttons.tsx'
import { kindName } from './standing.tsx'
import { Card, Empty, Pager, type Row, Table, Twofold } from './table.tsx'
import { Search, Toolbar, withQuery } from './toolbar.tsx'

const screen = 'group-members'

export type GroupMembersData = {
  group: Group
  people: RosterPerson[]
  /** Ids of those among them who are in it already. */
  inside: ReadonlySet<string>
  next: string | null
  query: Readonly<Record<string, string | undefined>>
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: GroupMembersData
  told?: Record<string, string | number> | undefined
} & Answered

const rowOf = (site: UiSite, here: string, { group, inside }: GroupMembersData, person: RosterPerson): Row => ({
  id: person.personId,
  cells: {
    person: <Twofold picture={<Avatar person={person} />} name={fullName(person)} detail={person.email} ltr />,
    kind: kindName(site, person.kind),
  },
  end: inside.has(person.personId) ? (
    <RowWords>{site.texts.t('groups.inside')}</RowWords>
  ) : (
    <RowWords>
      <ConsoleForm
        site={site}
        operation="groups.add-member"
        back={here}
        hidden={{ group: group.id, person: person.personId, home_id: person.homeId }}
        part="group-members.form"
      >
        <Button
          part="group-members.add"
          kind="secondary"
          small
          label={say(site, 'groups.add-one', { name: fullName(person) })}
        >
          {site.texts.t('common.add')}
        </Button>
      </ConsoleForm>
    </RowWords>
  ),
})

/** People of this organization, to be put into a group one by one. */
export function GroupMembers(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { group, people, next, query } = data
  const at = `${groupsPath}/${group.id}`
  const path = `${at}/add`
  const here = withQuery(path, query)
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="groups"
      screen={screen}
      here={path}
      heading={say(site, 'groups.add-title', { name: group.name })}
      lead={t('groups.add-lead')}
      back={{ href: at, label: group.name }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      narrow
    >
      <Toolbar>
        <Search site={site} path={path} query={query} label={t('people.search')} part={screen} />
      </Toolbar>
      <Card>
        {people.length === 0 ? (
          <Empty
            icon={<IconUsers size={26} stroke={1.5} aria-hidden />}
            title={t('people.none-found.title')}
            lead={t('people.none-found.lead')}
          />
        ) : (
          <Table
            part="group-members.table"
            caption={say(site, 'people.caption')}
            columns={[
              { key: 'person', label: t('people.column.person'), kind: 'main' },
              { key: 'kind', label: t('people.column.kind') },
            ]}
            rows={people.map((person) => rowOf(site, here, data, person))}
          />
        )}
        <Pager site={site} path={path} query={query} next={next} />
      </Card>
    </ConsoleFrame>
  )
}
