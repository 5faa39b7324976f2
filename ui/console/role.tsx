import { IconId } from '@tabler/icons-react'
import type { OwnRole } from '#core/access/contract'
import type { Permission } from '#core/authority/contract'
import type { Holder } from '#core/roster/contract'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Section } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import styles from './members.module.css'
import { ConsoleForm, failureAbove } from './panel.tsx'
import { PermissionList } from './permissions.tsx'
import { RowWords } from './row-buttons.tsx'
import { Card, type Column, Empty, Pager, type Row, Table, Twofold } from './table.tsx'

const screen = 'role'
const list = '/organization/roles'

export type RoleData = {
  id: string
  name: string
  lead: string
  permissions: Permission[]
  /** Null of a built-in one. */
  own: OwnRole | null
  /** Null for whoever may not see people. */
  holders: Holder[] | null
  next: string | null
  query: Readonly<Record<string, string | undefined>>
  canChange: boolean
  canTakeBack: boolean
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: RoleData
  told?: Record<string, string | number> | undefined
} & Answered

const pages = { person: 'people', group: 'groups', service: 'programs' } as const

const rowOf = (site: UiSite, data: RoleData, holder: Holder): Row => ({
  id: holder.grantId,
  href: site.path(`/organization/${pages[holder.kind]}/${holder.id}`),
  cells: {
    name: (
      <Twofold
        name={holder.name}
        detail={holder.email === null ? site.texts.t(`roles.kind.${holder.kind}`) : <Isolated>{holder.email}</Isolated>}
      />
    ),
    reach: site.texts.t(`given.reach.${holder.reach}`, { organization: site.organization.name }),
    until: holder.endsAt ? site.texts.t('given.until', { at: holder.endsAt }) : site.texts.t('given.no-end'),
  },
  end: data.canTakeBack ? (
    <RowWords>
      <ConsoleForm
        site={site}
        operation="grants.take-back"
        back={`${list}/${data.id}`}
        hidden={{ grant: holder.grantId }}
        part="role.take-back-form"
      >
        <Button part="role.take-back" kind="secondary" small>
          {site.texts.t('given.take-back')}
        </Button>
      </ConsoleForm>
    </RowWords>
  ) : undefined,
})

const columnsOf = (site: UiSite): Column[] => {
  const { t } = site.texts
  return [
    { key: 'name', label: t('roles.column.who'), kind: 'main' },
    { key: 'reach', label: t('roles.column.reach') },
    { key: 'until', label: t('roles.column.until') },
  ]
}

function Holders({ site, data, holders }: Pick<Props, 'site' | 'data'> & { holders: Holder[] }) {
  const { t } = site.texts
  return (
    <section aria-labelledby="holders">
      <div className={styles.chapter}>
        <h2 id="holders">{t('roles.who.title')}</h2>
        <p>{t('roles.who.lead')}</p>
      </div>
      <Card>
        {holders.length === 0 ? (
          <Empty
            icon={<IconId size={26} stroke={1.5} aria-hidden />}
            title={t('roles.nobody.title')}
            lead={t('roles.nobody.lead')}
          />
        ) : (
          <Table
            part="role.holders"
            caption={t('roles.who.title')}
            columns={columnsOf(site)}
            rows={holders.map((holder) => rowOf(site, data, holder))}
          />
        )}
        <Pager site={site} path={`${list}/${data.id}`} query={{ after: data.query.after }} next={data.next} />
      </Card>
    </section>
  )
}

/** One role: what whoever has it may do, and who has it. */
export function RolePage(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const at = `${list}/${data.id}`
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="roles"
      screen={screen}
      here={at}
      heading={data.name}
      lead={<span dir="auto">{data.lead}</span>}
      back={{ href: list, label: t('console.roles.title') }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        data.own && data.canChange ? (
          <>
            <ButtonLink part="role.remove" href={site.path(`${at}/remove`)} kind="danger" small>
              {t('roles.remove.open')}
            </ButtonLink>
            <ButtonLink part="role.edit" href={site.path(`${at}/edit`)} kind="secondary" small>
              {t('common.edit')}
            </ButtonLink>
          </>
        ) : null
      }
    >
      <Section
        title={t('roles.may.title')}
        lead={t(data.own ? (data.canChange ? 'roles.may.own' : 'roles.may.exceeds') : 'roles.may.built-in')}
      >
        <PermissionList site={site} permissions={data.permissions} />
      </Section>
      {data.holders ? <Holders site={site} data={data} holders={data.holders} /> : null}
    </ConsoleFrame>
  )
}
