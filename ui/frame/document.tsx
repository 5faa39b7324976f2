/** The document around every page: language, direction, scheme, and the theme before anything is painted. */
import type { ReactNode } from 'react'
import { Mantine } from '../mantine.tsx'
import type { UiSite } from '../site.tsx'
import { assetAddress } from './picture.tsx'

const arabicLetters = (site: UiSite) => site.locale === 'ar' || site.locale.startsWith('ar-')

function Favicons({ site }: { site: UiSite }) {
  const name = site.theme.assets.favicon ? 'favicon' : 'mark'
  if (!site.theme.assets[name]) return null
  // The tab follows the device, whatever scheme the page has.
  return (
    <>
      <link rel="icon" type="image/svg+xml" href={assetAddress(site, name, 'light')} />
      <link
        rel="icon"
        type="image/svg+xml"
        media="(prefers-color-scheme: dark)"
        href={assetAddress(site, name, 'dark')}
      />
    </>
  )
}

export function Document({ site, script, children }: { site: UiSite; script?: string; children: ReactNode }) {
  const { theme } = site
  const fonts = theme.fonts.preload[arabicLetters(site) ? 'arabic' : 'latin']
  return (
    <html
      lang={site.locale}
      dir={site.dir}
      data-organization={site.organization.handle}
      data-theme={theme.version}
      data-color-scheme={site.scheme}
      data-layout={theme.layout}
      data-field-style={theme.fieldStyle}
      data-mantine-color-scheme="light"
    >
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made of checked values only, by core/themes/css.ts */}
        <style dangerouslySetInnerHTML={{ __html: theme.css }} />
        <meta name="theme-color" content={theme.colors.page.light} media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content={theme.colors.page.dark} media="(prefers-color-scheme: dark)" />
        {fonts.map((href) => (
          <link key={href} rel="preload" as="font" type="font/woff2" crossOrigin="" href={href} />
        ))}
        <Favicons site={site} />
        {script ? <script type="module" src={script} data-livery="" /> : null}
      </head>
      <body>
        <a className="skip" href="#main">
          {site.texts.t('page.skip')}
        </a>
        <Mantine>{children}</Mantine>
      </body>
    </html>
  )
}
