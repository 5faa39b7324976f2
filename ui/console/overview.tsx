import { IconArrowRight, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { IconRow, RowAction, Section, Tag, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import styles from './overview.module.css'
import { failureAbove } from './panel.tsx'
import { isShownTo, sections } from './sections.tsx'

const screen = 'overview'

export const beginnings = ['brand', 'people', 'domain', 'second-step', 'sign-in'] as const
export type Beginning = (typeof beginnings)[number]

export type OverviewData = {
  /** What has been done of what every organization begins with; those that whoever looks may see. */
  begun: Partial<Record<Beginning, boolean>>
  /** Whose brand it wears until it has its own; null for the root. */
  parentName: string | null
  /** Null for whoever may not see them. */
  people: number | null
  waiting: number | null
  /** Who have lost their second step; null where nobody has, too. */
  recoveries: number | null
  invited: number | null
  below: number | null
  addresses: { url: string; isShown: boolean }[]
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: OverviewData
  told?: Record<string, string | number> | undefined
} & Answered

const places: Record<Beginning, string | null> = {
  brand: null,
  people: '/organization/invitations/new',
  domain: '/organization/domains',
  'second-step': '/organization/settings',
  'sign-in': '/sign-in',
}

function Tile({ site, name, count, href }: { site: UiSite; name: string; count: number | null; href: string }) {
  if (count === null) return null
  return (
    <li className={styles.tile}>
      <a href={site.path(href)} data-part={`overview.${name}`}>
        <strong>{new Intl.NumberFormat(site.locale).format(count)}</strong>
        <span>{site.texts.t(`overview.${name}`, { count })}</span>
      </a>
    </li>
  )
}

function Tiles({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { people, waiting, recoveries, invited, below } = data
  if ([people, waiting, recoveries, invited, below].every((count) => count === null)) return null
  return (
    <ul className={styles.tiles}>
      <Tile site={site} name="people" count={people} href="/organization/people" />
      <Tile site={site} name="waiting" count={waiting} href="/organization/people?status=pending" />
      <Tile site={site} name="recoveries" count={recoveries} href="/organization/people/recovery?status=waiting" />
      <Tile site={site} name="invited" count={invited} href="/organization/invitations" />
      <Tile site={site} name="below" count={below} href="/organization/organizations" />
    </ul>
  )
}

function Step({ site, name, isDone, parent }: { site: UiSite; name: Beginning; isDone: boolean; parent: string }) {
  const { t } = site.texts
  const href = places[name]
  const action: ReactNode =
    isDone || href === null ? undefined : (
      <RowAction
        href={site.path(href)}
        label={t(`overview.${name}.action`)}
        name={t(`overview.${name}.action`)}
        part={`overview.${name}.open`}
        wholeRow
      />
    )
  return (
    <IconRow
      part={`overview.step.${name}`}
      icon={
        isDone ? (
          <IconCircleCheck size={22} stroke={1.75} aria-hidden />
        ) : (
          <IconCircleDashed size={22} stroke={1.75} aria-hidden />
        )
      }
      tone={isDone ? 'good' : undefined}
      title={t(`overview.${name}.title`)}
      detail={say(site, `overview.${name}.${isDone ? 'done' : 'lead'}`, { parent })}
      tag={isDone ? <Tag>{t('overview.done')}</Tag> : undefined}
      action={action}
    />
  )
}

/** What every organization begins with; gone from the page when all of it is done. */
function Beginnings({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { begun, parentName } = data
  const shown = beginnings.filter((name) => begun[name] !== undefined)
  const done = shown.filter((name) => begun[name]).length
  if (shown.length === 0 || done === shown.length) return null
  return (
    <Section
      title={site.texts.t('overview.beginnings.title')}
      lead={say(site, 'overview.beginnings.lead', { done, all: shown.length })}
    >
      {shown.map((name) => (
        <Step
          key={name}
          site={site}
          name={name}
          isDone={begun[name] === true}
          parent={parentName ?? site.organization.name}
        />
      ))}
    </Section>
  )
}

function Addresses({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  return (
    <Section title={t('overview.addresses.title')} lead={say(site, 'overview.addresses.lead')}>
      {data.addresses.map(({ url, isShown }) => (
        <ValueRow
          key={url}
          part="overview.address"
          label={t(isShown ? 'overview.addresses.shown' : 'overview.addresses.also')}
          value={
            <a href={url} className={styles.address}>
              <Isolated>{url}</Isolated>
            </a>
          }
          action={null}
        />
      ))}
    </Section>
  )
}

/** For whoever may do one thing only: the way there. */
function Ways({ site, frame }: Pick<Props, 'site' | 'frame'>) {
  const { t } = site.texts
  const items = sections
    .flatMap((group) => group.items)
    .filter((item) => item.can.length > 0 && isShownTo(item, frame.can))
  return (
    <Section title={t('overview.ways.title')} lead={say(site, 'overview.ways.lead')}>
      {items.map(({ name, path, Icon }) => (
        <IconRow
          key={name}
          part={`overview.way.${name}`}
          icon={<Icon size={20} stroke={1.75} aria-hidden />}
          title={t(`console.${name}.title`)}
          action={
            <a href={site.path(path)} className={styles.way} aria-label={t(`console.${name}.title`)}>
              <IconArrowRight size={18} stroke={1.75} aria-hidden className={styles.pointing} />
            </a>
          }
        />
      ))}
    </Section>
  )
}

/** Where the console begins: how the organization stands, and what is still to do. */
export function Overview(props: Props) {
  const { site, frame, data, notice, told } = props
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="overview"
      screen={screen}
      here="/organization"
      heading={site.organization.name}
      lead={say(site, 'overview.lead')}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
    >
      <Tiles site={site} data={data} />
      <Beginnings site={site} data={data} />
      <Addresses site={site} data={data} />
      {frame.can.length < 6 ? <Ways site={site} frame={frame} /> : null}
    </ConsoleFrame>
  )
}
