import { IconPlus } from '@tabler/icons-react'
import type { OwnRole, RoleHolders } from '#core/access/contract'
import { type BuiltInRole, builtInRoles } from '#core/authority/contract'
import { ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import styles from './members.module.css'
import { failureAbove } from './panel.tsx'
import { Card, type Column, type Row, Table, Twofold } from './table.tsx'

const screen = 'roles'
const path = '/organization/roles'

export type RolesData = {
  own: OwnRole[]
  /** Null for whoever may not see people. */
  holders: ReadonlyMap<string, RoleHolders> | null
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: RolesData
  told?: Record<string, string | number> | undefined
} & Answered

/** "3 people, 1 group" of a role; that nobody has it, in a word. */
export const holdersWords = (site: UiSite, holders: RoleHolders | undefined): string => {
  const { t } = site.texts
  const parts = (['person', 'group', 'service'] as const).flatMap((kind) => {
    const count = holders?.[kind] ?? 0
    return count > 0 ? [t(`roles.holders.${kind}`, { count })] : []
  })
  return parts.length === 0 ? t('roles.holders.none') : new Intl.ListFormat(site.locale, { type: 'unit' }).format(parts)
}

type Shown = { id: string; name: string; lead: string; permissions: number }

function RoleTable({ site, data, part, shown }: { site: UiSite; data: RolesData; part: string; shown: Shown[] }) {
  const { t } = site.texts
  const { holders } = data
  const columns: Column[] = [
    { key: 'name', label: t('roles.column.name'), kind: 'main' },
    { key: 'permissions', label: t('roles.column.permissions') },
    ...(holders ? ([{ key: 'holders', label: t('roles.column.holders'), kind: 'state' }] as const) : []),
  ]
  const rows = shown.map(
    ({ id, name, lead, permissions }): Row => ({
      id,
      href: site.path(`${path}/${id}`),
      cells: {
        name: <Twofold name={name} detail={lead} />,
        permissions: t('roles.permissions', { count: permissions }),
        holders: holders ? holdersWords(site, holders.get(id)) : null,
      },
    }),
  )
  return (
    <Card>
      <Table part={`roles.${part}`} caption={t(`roles.${part}.title`)} columns={columns} rows={rows} />
    </Card>
  )
}

/** The roles of every organization, and its own. */
export function Roles(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const canManage = frame.can.includes('role.manage')
  const builtIn = (Object.keys(builtInRoles) as BuiltInRole[]).map((key) => ({
    id: key,
    name: t(`role.${key}`),
    lead: t(`roles.lead.${key}`),
    permissions: builtInRoles[key].length,
  }))
  const own = data.own.map(({ id, name, description, permissions }) => ({
    id,
    name,
    lead: description,
    permissions: permissions.length,
  }))
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section={screen}
      screen={screen}
      here={path}
      heading={t('console.roles.title')}
      lead={t('roles.lead')}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        canManage ? (
          <ButtonLink
            part="roles.new"
            href={site.path(`${path}/new`)}
            small
            icon={<IconPlus size={18} stroke={1.75} aria-hidden />}
          >
            {t('roles.new')}
          </ButtonLink>
        ) : null
      }
    >
      <section aria-labelledby="own-roles">
        <div className={styles.chapter}>
          <h2 id="own-roles">{t('roles.own.title')}</h2>
          <p>{say(site, own.length > 0 ? 'roles.own.lead' : 'roles.own.none')}</p>
        </div>
        {own.length > 0 ? <RoleTable site={site} data={data} part="own" shown={own} /> : null}
      </section>
      <section aria-labelledby="built-in-roles">
        <div className={styles.chapter}>
          <h2 id="built-in-roles">{t('roles.built-in.title')}</h2>
          <p>{t('roles.built-in.lead')}</p>
        </div>
        <RoleTable site={site} data={data} part="built-in" shown={builtIn} />
      </section>
    </ConsoleFrame>
  )
}
