import { IconUserMinus, IconUserPlus, IconUsers } from '@tabler/icons-react'
import type { GroupView } from '#core/access/contract'
import type { RosterPerson } from '#core/roster/contract'
import { fullName } from '../frame/account-frame.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { IconRow, Section } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { type Given, GivenRoles } from './given.tsx'
import { groupsPath, ruleWords } from './group-words.tsx'
import styles from './members.module.css'
import { failureAbove } from './panel.tsx'
import { RowButtons, RowForm } from './row-buttons.tsx'
import { kindName, StatusBadge } from './standing.tsx'
import { Card, type Column, Empty, Pager, type Row, Table, Twofold } from './table.tsx'
import { withQuery } from './toolbar.tsx'

const screen = 'group'

export type GroupData = {
  group: GroupView
  given: Given[]
  people: RosterPerson[]
  next: string | null
  query: Readonly<Record<string, string | undefined>>
  /** Whether whoever looks decides who is in it. */
  canFill: boolean
  canGive: boolean
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: GroupData
  told?: Record<string, string | number> | undefined
} & Answered

const hereOf = ({ group, query }: GroupData): string => withQuery(`${groupsPath}/${group.id}`, query)

const columnsOf = (site: UiSite): Column[] => {
  const { t } = site.texts
  return [
    { key: 'person', label: t('people.column.person'), kind: 'main' },
    { key: 'kind', label: t('people.column.kind') },
    { key: 'status', label: t('people.column.status'), kind: 'state' },
  ]
}

const rowOf = (site: UiSite, data: GroupData, person: RosterPerson): Row => ({
  id: person.personId,
  href: site.path(`/organization/people/${person.personId}`),
  cells: {
    person: <Twofold picture={<Avatar person={person} />} name={fullName(person)} detail={person.email} ltr />,
    kind: kindName(site, person.kind),
    status: <StatusBadge site={site} status={person.status} />,
  },
  end:
    data.canFill && data.group.rule === null ? (
      <RowButtons>
        <RowForm
          site={site}
          operation="groups.remove-member"
          back={hereOf(data)}
          hidden={{ group: data.group.id, person: person.personId, home_id: person.homeId }}
          label={say(site, 'groups.remove-member', { name: fullName(person) })}
          part="group.remove-member"
          icon={<IconUserMinus size={18} stroke={1.75} aria-hidden />}
        />
      </RowButtons>
    ) : undefined,
})

function Members({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { group, people, query, next } = data
  return (
    <section aria-labelledby="members">
      <div className={styles.chapter}>
        <h2 id="members">{t('groups.members-title')}</h2>
        <p dir="auto">{t('groups.members', { count: group.members })}</p>
      </div>
      <Card>
        {people.length === 0 ? (
          <Empty
            icon={<IconUsers size={26} stroke={1.5} aria-hidden />}
            title={t('groups.nobody.title')}
            lead={t(group.rule === null ? 'groups.nobody.lead' : 'groups.nobody.lead-rule')}
          />
        ) : (
          <Table
            part="group.members"
            caption={t('groups.members-title')}
            columns={columnsOf(site)}
            rows={people.map((person) => rowOf(site, data, person))}
          />
        )}
        <Pager site={site} path={`${groupsPath}/${group.id}`} query={query} next={next} />
      </Card>
    </section>
  )
}

function Actions({ site, frame, data: { group, canFill } }: Pick<Props, 'site' | 'frame' | 'data'>) {
  const { t } = site.texts
  const at = `${groupsPath}/${group.id}`
  if (!frame.can.includes('group.manage')) return null
  return (
    <>
      <ButtonLink part="group.edit" href={site.path(`${at}/edit`)} kind="secondary" small>
        {t('common.edit')}
      </ButtonLink>
      {canFill && group.rule === null ? (
        <ButtonLink
          part="group.add"
          href={site.path(`${at}/add`)}
          small
          icon={<IconUserPlus size={18} stroke={1.75} aria-hidden />}
        >
          {t('groups.add')}
        </ButtonLink>
      ) : null}
    </>
  )
}

function Removing({ site, group }: { site: UiSite; group: GroupView }) {
  const { t } = site.texts
  return (
    <Section title={t('groups.remove.title')} lead={t('groups.remove.section')}>
      <IconRow
        part="group.remove-row"
        icon={null}
        title={say(site, 'groups.remove.row', { name: group.name })}
        detail={t('groups.remove.detail')}
        action={
          <ButtonLink part="group.remove" href={site.path(`${groupsPath}/${group.id}/remove`)} kind="danger" small>
            {t('groups.remove.open')}
          </ButtonLink>
        }
      />
    </Section>
  )
}

/** One group: what it gives, and who is in it. */
export function GroupPage(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { group, given, canGive, canFill } = data
  const at = `${groupsPath}/${group.id}`
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="groups"
      screen={screen}
      here={at}
      heading={group.name}
      lead={<span dir="auto">{[group.description, ruleWords(site, group.rule)].filter(Boolean).join(' · ')}</span>}
      back={{ href: groupsPath, label: t('console.groups.title') }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={<Actions site={site} frame={frame} data={data} />}
    >
      <GivenRoles
        site={site}
        title={t('groups.roles.title')}
        lead={t('groups.roles.lead')}
        none={t('groups.roles.none')}
        given={given}
        here={at}
        give={canGive ? `${at}/give` : undefined}
      />
      <Members site={site} data={data} />
      {frame.can.includes('group.manage') && canFill ? (
        <div className={styles.chapter}>
          <Removing site={site} group={group} />
        </div>
      ) : null}
    </ConsoleFrame>
  )
}
