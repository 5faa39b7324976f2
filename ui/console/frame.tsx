/** The frame of the console: navigation at the start; on phones a drawer, because there is too much of it for a bar. */
import { IconArrowLeft, IconMenu2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ConsolePermission } from '#core/authority/contract'
import accountStyles from '../frame/account.module.css'
import { PersonMenu, type SignedIn, SignOut, Who } from '../frame/account-frame.tsx'
import { Choices } from '../frame/choices.tsx'
import whose from '../frame/person.module.css'
import { Logo } from '../frame/picture.tsx'
import { Notice } from '../parts/alert.tsx'
import { Avatar } from '../parts/avatar.tsx'
import type { ScreenName, UiSite } from '../site.tsx'
import styles from './console.module.css'
import { isShownTo, sections } from './sections.tsx'

/** What the frame shows of whoever is signed in, and what they may do at this organization. */
export type ConsoleFrameData = { person: SignedIn; can: ConsolePermission[] }

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  /** Where in the navigation the page belongs. */
  section: string
  screen: ScreenName
  here: string
  heading: string
  lead?: ReactNode
  /** At the end of the heading's line; one filled button at most. */
  actions?: ReactNode
  /** The page above this one. */
  back?: { href: string; label: string } | undefined
  notice?: string | null | undefined
  told?: Record<string, string | number> | undefined
  alert?: ReactNode
  /** A page of one question is as wide as a question. */
  narrow?: boolean
  children: ReactNode
}

function Sections({ site, frame, section, part }: Pick<Props, 'site' | 'frame' | 'section'> & { part: string }) {
  const { t } = site.texts
  return sections.map(({ label, items }) => {
    const shown = items.filter((item) => isShownTo(item, frame.can))
    if (shown.length === 0) return null
    return (
      <div key={label ?? 'first'} className={styles.group}>
        {label ? <p className={styles.label}>{t(`console.nav.${label}`)}</p> : null}
        <ul>
          {shown.map(({ name, path, Icon }) => (
            <li key={name}>
              <a
                href={site.path(path)}
                className={accountStyles.item}
                aria-current={name === section ? 'page' : undefined}
                data-part={`${part}.${name}`}
              >
                <Icon size={20} stroke={1.75} aria-hidden />
                {t(`console.${name}.title`)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    )
  })
}

function Drawer(props: Pick<Props, 'site' | 'frame' | 'section'>) {
  const { t } = props.site.texts
  return (
    <details className={styles.drawer} name="choices" data-part="console.menu" data-dismissable="">
      <summary>
        <IconMenu2 size={22} stroke={1.75} aria-hidden />
        <span className="visually-hidden">{t('console.menu')}</span>
      </summary>
      <nav className={styles.sheet} aria-label={t('console.nav.label')}>
        <Sections {...props} part="console.drawer" />
      </nav>
    </details>
  )
}

const ToAccount = ({ site }: { site: UiSite }) => (
  <nav aria-label={site.texts.t('console.to-account')}>
    <a href={site.path('/account')} className={styles.out} data-part="console.account">
      <IconArrowLeft size={18} stroke={1.75} aria-hidden className={accountStyles.pointing} />
      {site.texts.t('console.to-account')}
    </a>
  </nav>
)

function Heading({
  site,
  heading,
  lead,
  actions,
  back,
}: Pick<Props, 'site' | 'heading' | 'lead' | 'actions' | 'back'>) {
  return (
    <div className={styles.heading}>
      {back ? (
        <a href={site.path(back.href)} className={styles.back} data-part="console.back">
          <IconArrowLeft size={16} stroke={1.75} aria-hidden className={accountStyles.pointing} />
          {back.label}
        </a>
      ) : null}
      <div className={styles.words}>
        <h1>
          <bdi>{heading}</bdi>
        </h1>
        {lead ? <p>{lead}</p> : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  )
}

export function ConsoleFrame(props: Props) {
  const { site, frame, section, screen, here, heading, notice, told, alert, narrow, children } = props
  const { t } = site.texts
  return (
    <div className={`${accountStyles.page} ${styles.page}`}>
      <title>{t('page.title', { title: heading, organization: site.organization.name })}</title>
      <header className={`${accountStyles.top} ${styles.top}`}>
        <Drawer site={site} frame={frame} section={section} />
        <a href={site.path('/organization')} className={accountStyles.home} data-part="brand.logo">
          <Logo site={site} className={accountStyles.logo} />
        </a>
        <PersonMenu site={site} person={frame.person} />
      </header>
      <nav className={styles.nav} aria-label={t('console.nav.label')}>
        <div>
          <Sections site={site} frame={frame} section={section} part="console.nav" />
        </div>
        <div className={accountStyles.foot}>
          <SignOut site={site} part="nav.sign-out" />
          <div className={whose.person} data-part="nav.person">
            <Avatar person={frame.person} />
            <Who person={frame.person} />
          </div>
        </div>
      </nav>
      <div className={styles.strip}>
        <ToAccount site={site} />
        <Choices site={site} here={here} portal />
      </div>
      <main id="main" className={styles.main} data-screen={screen} data-narrow={narrow || undefined}>
        <Heading {...props} />
        {alert}
        {notice ? (
          <div className={accountStyles.notice}>
            <Notice site={site} screen={screen} notice={notice} values={told} />
          </div>
        ) : null}
        {children}
      </main>
    </div>
  )
}
