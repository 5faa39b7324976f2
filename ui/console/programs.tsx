import { IconPlus, IconRobot } from '@tabler/icons-react'
import type { AccountView } from '#core/tokens/contract'
import { ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { Badge } from './badge.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import styles from './members.module.css'
import { failureAbove } from './panel.tsx'
import { HowToSignIn } from './program-token.tsx'
import { Moment } from './standing.tsx'
import { Card, type Column, Empty, Pager, type Row, Table, Twofold } from './table.tsx'
import { Search, Toolbar } from './toolbar.tsx'

const screen = 'programs'
export const programsPath = '/organization/programs'

export type ProgramsData = {
  programs: AccountView[]
  next: string | null
  query: Readonly<Record<string, string | undefined>>
  /** Where the interface of this organization is: its address without a path of its own. */
  address: string
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: ProgramsData
  told?: Record<string, string | number> | undefined
} & Answered

export const ProgramStatus = ({ site, program }: { site: UiSite; program: Pick<AccountView, 'status'> }) => (
  <Badge tone={program.status === 'suspended' ? 'danger' : 'plain'}>
    {site.texts.t(`programs.status.${program.status}`)}
  </Badge>
)

const rowOf = (site: UiSite, program: AccountView): Row => ({
  id: program.id,
  href: site.path(`${programsPath}/${program.id}`),
  cells: {
    name: <Twofold name={program.name} detail={program.description} />,
    tokens: site.texts.t('programs.tokens', { count: program.tokens }),
    used: <Moment site={site} at={program.lastUsedAt} />,
    status: <ProgramStatus site={site} program={program} />,
  },
})

const columnsOf = (site: UiSite): Column[] => {
  const { t } = site.texts
  return [
    { key: 'name', label: t('programs.column.name'), kind: 'main' },
    { key: 'tokens', label: t('programs.column.tokens') },
    { key: 'used', label: t('programs.column.used') },
    { key: 'status', label: t('programs.column.status'), kind: 'state' },
  ]
}

function List({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { programs, query, next } = data
  if (programs.length === 0) {
    const which = query.search ? 'none-found' : 'empty'
    return (
      <Card>
        <Empty
          icon={<IconRobot size={26} stroke={1.5} aria-hidden />}
          title={t(`programs.${which}.title`)}
          lead={say(site, `programs.${which}.lead`)}
        />
      </Card>
    )
  }
  return (
    <Card>
      <Table
        part="programs.table"
        caption={say(site, 'programs.caption')}
        columns={columnsOf(site)}
        rows={programs.map((program) => rowOf(site, program))}
      />
      <Pager site={site} path={programsPath} query={query} next={next} />
    </Card>
  )
}

/** Programs that act for the organization. */
export function Programs(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section={screen}
      screen={screen}
      here={programsPath}
      heading={t('console.programs.title')}
      lead={say(site, 'programs.lead')}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        <ButtonLink
          part="programs.new"
          href={site.path(`${programsPath}/new`)}
          small
          icon={<IconPlus size={18} stroke={1.75} aria-hidden />}
        >
          {t('programs.new')}
        </ButtonLink>
      }
    >
      <Toolbar>
        <Search site={site} path={programsPath} query={data.query} label={t('programs.search')} part={screen} />
      </Toolbar>
      <List site={site} data={data} />
      <div className={styles.chapter}>
        <HowToSignIn site={site} address={data.address} />
      </div>
    </ConsoleFrame>
  )
}
