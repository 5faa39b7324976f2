import {
  IconBan,
  IconBuilding,
  IconChevronDown,
  IconChevronRight,
  IconCircleCheck,
  IconPlus,
  IconSitemap,
} from '@tabler/icons-react'
import type { Branch, Organization } from '#core/organizations/contract'
import { ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { Badge } from './badge.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import styles from './organizations.module.css'
import { failureAbove } from './panel.tsx'
import { Card, type Column, Empty, Pager, type Row, Table, Twofold } from './table.tsx'
import { Search, Tabs, Toolbar, withQuery } from './toolbar.tsx'

const screen = 'organizations'
const path = '/organization/organizations'

export type OrganizationsData = {
  /** Unfolded, as far as was asked for; a search is answered flat. */
  branches: Branch[]
  /** Names of those above each one that was found, from the top. */
  above: ReadonlyMap<string, string[]>
  isSearch: boolean
  next: string | null
  query: Readonly<Record<string, string | undefined>>
  /** Ids that are open. */
  open: readonly string[]
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: OrganizationsData
  told?: Record<string, string | number> | undefined
} & Answered

export function OrganizationStatus({ site, status }: { site: UiSite; status: Organization['status'] }) {
  const isActive = status === 'active'
  const Icon = isActive ? IconCircleCheck : IconBan
  return (
    <Badge tone={isActive ? 'plain' : 'danger'} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
      {site.texts.t(`organizations.status.${status}`)}
    </Badge>
  )
}

/** Opens or closes what is below one; the rest of the tree stays as it is. */
function Fold({ site, branch, open }: { site: UiSite; branch: Branch; open: readonly string[] }) {
  const { organization, children, isOpen } = branch
  if (children === 0) return <span className={styles.leaf} />
  const others = open.filter((id) => id !== organization.id)
  const wanted = isOpen ? others : [...others, organization.id]
  const Icon = isOpen ? IconChevronDown : IconChevronRight
  return (
    <a
      href={site.path(`${withQuery(path, { open: wanted.join('.') })}#${organization.id.replaceAll('_', '-')}`)}
      className={styles.fold}
      aria-expanded={isOpen}
      aria-label={say(site, isOpen ? 'organizations.close' : 'organizations.open', { name: organization.name })}
      data-part="organizations.fold"
    >
      <Icon size={18} stroke={1.75} aria-hidden className={isOpen ? undefined : styles.pointing} />
    </a>
  )
}

function Name({ site, branch, data }: { site: UiSite; branch: Branch; data: OrganizationsData }) {
  const { organization, depth } = branch
  const above = data.above.get(organization.id)
  return (
    <span className={styles.name} data-depth={Math.min(depth, 8)} id={organization.id.replaceAll('_', '-')}>
      {data.isSearch ? null : <Fold site={site} branch={branch} open={data.open} />}
      <a href={site.path(`${path}/${organization.id}`)} className={styles.link} data-part="organizations.table.open">
        <Twofold
          picture={<IconBuilding size={20} stroke={1.5} aria-hidden className={styles.picture} />}
          name={organization.name}
          detail={above && above.length > 0 ? above.join(' › ') : <Isolated>{organization.handle}</Isolated>}
        />
      </a>
    </span>
  )
}

const rowOf = (site: UiSite, branch: Branch, data: OrganizationsData): Row => ({
  id: branch.organization.id,
  cells: {
    name: <Name site={site} branch={branch} data={data} />,
    people: site.texts.t(`organizations.people-from.${branch.organization.peopleFrom}`),
    below:
      branch.children === 0 ? <span aria-hidden>—</span> : new Intl.NumberFormat(site.locale).format(branch.children),
    status: <OrganizationStatus site={site} status={branch.organization.status} />,
  },
})

const columnsOf = (site: UiSite): Column[] => {
  const { t } = site.texts
  return [
    { key: 'name', label: t('organizations.column.name'), kind: 'main' },
    { key: 'people', label: t('organizations.column.people') },
    { key: 'below', label: t('organizations.column.below'), kind: 'number' },
    { key: 'status', label: t('organizations.column.status'), kind: 'state' },
  ]
}

const NewButton = ({ site }: { site: UiSite }) => (
  <ButtonLink
    part="organizations.new"
    href={site.path(`${path}/new`)}
    small
    icon={<IconPlus size={18} stroke={1.75} aria-hidden />}
  >
    {site.texts.t('organizations.new')}
  </ButtonLink>
)

function List({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { branches, isSearch, query, next } = data
  if (branches.length === 0) {
    return (
      <Card>
        <Empty
          icon={<IconSitemap size={26} stroke={1.5} aria-hidden />}
          title={t(isSearch ? 'organizations.none-found.title' : 'organizations.empty.title')}
          lead={say(site, isSearch ? 'organizations.none-found.lead' : 'organizations.empty.lead')}
        >
          {isSearch ? (
            <ButtonLink part="organizations.show-all" href={site.path(path)} kind="secondary" small>
              {t('organizations.show-all')}
            </ButtonLink>
          ) : null}
        </Empty>
      </Card>
    )
  }
  return (
    <Card>
      <Table
        part="organizations.table"
        caption={say(site, 'organizations.caption')}
        columns={columnsOf(site)}
        rows={branches.map((branch) => rowOf(site, branch, data))}
      />
      {branches.some(({ isCut }) => isCut) ? <p className={styles.cut}>{t('organizations.cut')}</p> : null}
      <Pager site={site} path={path} query={query} next={next} />
    </Card>
  )
}

/** What is below this organization, as a tree; a search is answered as a list. */
export function Organizations(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const tabs = (['active', 'suspended'] as const).map((value) => ({ value, label: t(`organizations.tab.${value}`) }))
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="organizations"
      screen={screen}
      here={path}
      heading={t('console.organizations.title')}
      lead={say(site, 'organizations.lead')}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        frame.can.includes('organization.create') ? (
          <>
            <ButtonLink part="organizations.businesses" href={site.path(`${path}/businesses`)} kind="secondary" small>
              {t('businesses.title')}
            </ButtonLink>
            <NewButton site={site} />
          </>
        ) : undefined
      }
    >
      <Toolbar>
        <Search site={site} path={path} query={data.query} label={t('organizations.search')} part={screen} />
        <Tabs
          site={site}
          path={path}
          query={data.query}
          name="status"
          tabs={[{ value: undefined, label: t('organizations.tab.tree') }, ...tabs]}
          label={t('organizations.tabs')}
        />
      </Toolbar>
      <List site={site} data={data} />
    </ConsoleFrame>
  )
}
