/** The frame of My Account: navigation at the start, from 900 px on; a top and a bottom bar below. */
import { IconHome, IconLogout, IconShieldCheck, IconUserCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Notice } from '../parts/alert.tsx'
import { Avatar } from '../parts/avatar.tsx'
import type { ScreenName, UiSite } from '../site.tsx'
import styles from './account.module.css'
import { AppearanceChoice, LanguageChoice } from './choices.tsx'
import { Logo } from './picture.tsx'

/** Whoever is signed in, as far as the frame shows them. */
export type SignedIn = { givenName: string; familyName: string; email: string }

/** Only pages that exist. */
const pages = [
  { name: 'overview', path: '/account', screen: 'account', Icon: IconHome },
  { name: 'profile', path: '/account/profile', screen: 'profile', Icon: IconUserCircle },
  { name: 'security', path: '/account/security', screen: 'security', Icon: IconShieldCheck },
] as const

function Items({ site, screen }: { site: UiSite; screen: ScreenName }) {
  return (
    <>
      {pages.map(({ name, path, screen: itsScreen, Icon }) => (
        <li key={name}>
          <a
            href={site.path(path)}
            className={styles.item}
            aria-current={screen === itsScreen ? 'page' : undefined}
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

const SignOutItem = ({ site }: { site: UiSite }) => (
  <a href={site.path('/sign-out')} className={styles.item} data-part="nav.sign-out">
    <IconLogout size={20} stroke={1.75} aria-hidden className={styles.pointing} />
    {site.texts.t('nav.sign-out')}
  </a>
)

export const fullName = ({ givenName, familyName, email }: SignedIn): string =>
  `${givenName} ${familyName}`.trim() || email

function Person({ person }: { person: SignedIn }) {
  return (
    <div className={styles.person} data-part="nav.person">
      <Avatar person={person} />
      <div className={styles.who}>
        <strong>{fullName(person)}</strong>
        <span dir="ltr">{person.email}</span>
      </div>
    </div>
  )
}

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
        <span className={styles.me}>
          <Avatar person={person} />
        </span>
      </header>
      <nav className={styles.nav} aria-label={site.texts.t('nav.label')}>
        <ul>
          <Items site={site} screen={screen} />
          <li className={styles.leave}>
            <SignOutItem site={site} />
          </li>
        </ul>
        <Person person={person} />
      </nav>
      <div className={styles.strip}>
        <LanguageChoice site={site} here={here} portal />
        <AppearanceChoice site={site} here={here} />
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
