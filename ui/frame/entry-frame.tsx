/** The frame of every page before somebody is signed in: logo, one column, footer, and the brand's picture. */
import type { ReactNode } from 'react'
import type { AssetName } from '#core/themes/contract'
import type { ScreenName, UiSite } from '../site.tsx'
import { Choices } from './choices.tsx'
import styles from './entry.module.css'
import { BrandPicture, Logo } from './picture.tsx'

function Art({ site }: { site: UiSite }) {
  const { art, 'art-band': band } = site.theme.assets
  if (!art) return null
  const narrow: { name: AssetName; media: string }[] = band ? [{ name: 'art-band', media: '(width < 56.25rem)' }] : []
  return (
    <div className={styles.art} data-part="brand.art" data-band={band ? 'own' : 'shared'}>
      <BrandPicture site={site} sources={[...narrow, { name: 'art' }]} alt="" />
    </div>
  )
}

function Footer({ site, here }: { site: UiSite; here: string }) {
  const { help, privacy, terms } = site.theme.contact
  const links = Object.entries({ help, privacy, terms }).filter((entry): entry is [string, string] => entry[1] !== null)
  return (
    <footer className={styles.footer} data-part="footer">
      <Choices site={site} here={here} />
      {links.length > 0 ? (
        <nav aria-label={site.texts.t('footer.label')}>
          <ul className={styles.links}>
            {links.map(([name, href]) => (
              <li key={name}>
                <a href={href} data-part={`footer.${name}`}>
                  {site.texts.t(`footer.${name}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
    </footer>
  )
}

export function EntryFrame({
  site,
  screen,
  here,
  title,
  heading,
  lead,
  emblem,
  isFront = screen === 'sign-in',
  children,
}: {
  site: UiSite
  screen: ScreenName
  /** The site path of this page, to come back to after a choice of language. */
  here: string
  /** For the tab; the heading where they are the same. */
  title?: string
  heading: string
  lead?: ReactNode
  emblem?: ReactNode
  /** The page that everybody comes to first. */
  isFront?: boolean
  children?: ReactNode
}) {
  return (
    <div className={styles.page} data-band={isFront ? 'tall' : 'low'}>
      <title>{site.texts.t('page.title', { title: title ?? heading, organization: site.organization.name })}</title>
      <Art site={site} />
      <div className={styles.column}>
        <header className={styles.header} data-part="brand.logo">
          <Logo site={site} className={styles.logo} />
        </header>
        <main id="main" className={styles.main} data-screen={screen}>
          {emblem ? <div className={styles.emblem}>{emblem}</div> : null}
          <h1>{heading}</h1>
          {lead ? <p className={styles.lead}>{lead}</p> : null}
          <div className={styles.body}>{children}</div>
        </main>
        <Footer site={site} here={here} />
      </div>
    </div>
  )
}
