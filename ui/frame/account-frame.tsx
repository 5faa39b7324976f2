/** The frame of My Account: navigation at the start, from 900 px on; a top and a bottom bar below. */
import { IconBuilding, IconDevices, IconHome, IconLogout, IconShieldCheck, IconUserCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Notice } from '../parts/alert.tsx'
import { Avatar } from '../parts/avatar.tsx'
import type { ScreenName, UiSite } from '../site.tsx'
import styles from './account.module.css'
import { Choices } from './choices.tsx'
import whose from './person.module.css'
import { Logo } from './picture.tsx'

/** Whoever is signed in, as far as the frame shows them. */
export type SignedIn = {
  givenName: string
  familyName: string
  email: string
  /** Whoever looks after the organization finds its console. */
  isStaff?: boolean | undefined
}

/** Only pages that exist. */
const pages = [
  { name: 'overview', path: '/account', screen: 'account', Icon: IconHome },
  { name: 'profile', path: '/account/profile', screen: 'profile', Icon: IconUserCircle },
  { name: 'security', path: '/account/security', screen: 'security', Icon: IconShieldCheck },
  { name: 'sessions', path: '/account/sessions', screen: 'sessions', Icon: IconDevices },
] as const

const consolePage = {
  name: 'organization',
  path: '/organization',
  screen: 'overview',
  Icon: IconBuilding,
} as const

/** Pages that belong to one of these. */
const below: Partial<Record<ScreenName, ScreenName>> = { 'recovery-codes': 'security', confirm: 'security' }

const currentOf = (screen: ScreenName, itsScreen: ScreenName): 'page' | 'true' | undefined => {
  if (screen === itsScreen) return 'page'
  return below[screen] === itsScreen ? 'true' : undefined
}

function Items({ site, screen, person }: { site: UiSite; screen: ScreenName; person: SignedIn }) {
  const shown = person.isStaff ? [...pages, consolePage] : pages
  return (
    <>
      {shown.map(({ name, path, screen: itsScreen, Icon }) => (
        <li key={name}>
          <a
            href={site.path(path)}
            className={styles.item}
            aria-current={currentOf(screen, itsScreen)}
            data-part={`nav.${name}`}
          >
            <Icon size={20} stroke={1.75} aria-hidden />
            {site.texts.t(`nav.${name}`)}
          </a>
        </li>
      ))}
    </>
  )
}

export const SignOut = ({ site, part }: { site: UiSite; part: string }) => (
  <a href={site.path('/sign-out')} className={styles.item} data-part={part}>
    <IconLogout size={20} stroke={1.75} aria-hidden className={styles.pointing} />
    {site.texts.t('nav.sign-out')}
  </a>
)

export const fullName = ({ givenName, familyName, email }: SignedIn): string =>
  `${givenName} ${familyName}`.trim() || email

export const Who = ({ person }: { person: SignedIn }) => (
  <div className={whose.who}>
    <strong dir="auto">{fullName(person)}</strong>
    <span dir="ltr">{person.email}</span>
  </div>
)

/** On a phone the bar below holds pages only; who is signed in, and the way out, stand behind the initials. */
export const PersonMenu = ({ site, person }: { site: UiSite; person: SignedIn }) => (
  <details name="choices" className={whose.me} data-part="person.choice" data-dismissable="">
    <summary>
      <span className="visually-hidden">{fullName(person)}</span>
      <Avatar person={person} />
    </summary>
    <div className={whose.menu}>
      <Who person={person} />
      <SignOut site={site} part="person.sign-out" />
    </div>
  </details>
)

export function AccountFrame({
  site,
  screen,
  here,
  person,
  heading,
  lead,
  hero,
  notice,
  alert,
  children,
}: {
  site: UiSite
  screen: ScreenName
  here: string
  person: SignedIn
  heading: string
  lead?: ReactNode
  /** Stands in place of the plain heading and contains it. */
  hero?: ReactNode
  notice?: string | null | undefined
  alert?: ReactNode
  children: ReactNode
}) {
  return (
    <div className={styles.page}>
      <title>{site.texts.t('page.title', { title: heading, organization: site.organization.name })}</title>
      <header className={styles.top}>
        <a href={site.path('/account')} className={styles.home} data-part="brand.logo">
          <Logo site={site} className={styles.logo} />
        </a>
        <PersonMenu site={site} person={person} />
      </header>
      <nav className={styles.nav} aria-label={site.texts.t('nav.label')}>
        <ul>
          <Items site={site} screen={screen} person={person} />
        </ul>
        <div className={styles.foot}>
          <SignOut site={site} part="nav.sign-out" />
          <div className={whose.person} data-part="nav.person">
            <Avatar person={person} />
            <Who person={person} />
          </div>
        </div>
      </nav>
      <div className={styles.strip}>
        <Choices site={site} here={here} portal />
      </div>
      <main id="main" className={styles.main} data-screen={screen}>
        {hero ?? (
          <div className={styles.heading}>
            <h1>{heading}</h1>
            {lead ? <p>{lead}</p> : null}
          </div>
        )}
        {alert}
        {notice ? (
          <div className={styles.notice}>
            <Notice site={site} screen={screen} notice={notice} />
          </div>
        ) : null}
        {children}
      </main>
    </div>
  )
}
