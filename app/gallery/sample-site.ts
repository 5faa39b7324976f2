/**
 * The sites of the gallery: the demo organizations as they are stored, and 'base', the theme that comes with the build
 * and that no organization wears. Exists in demo, dev and test only.
 */
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { builtInTexts, textsFor } from '#core/texts'
import { builtInLocales } from '#core/texts/contract'
import { baseTheme, resolve, resolveSources } from '#core/themes'
import { type ColorScheme, colorSchemes } from '#core/themes/contract'
import { openDatabase } from '#platform/database'
import { settings } from '#platform/env'
import type { UiSite } from '#ui/site'

export type GalleryParams = { brand: string; locale: string; scheme: string }

export const isGalleryOpen = (): boolean => settings().mode !== 'production'

/** Every organization that may be seen; a suspended one shows nothing anywhere. */
export async function galleryBrands(): Promise<{ handle: string; name: string; locales: string[] }[]> {
  await openDatabase()
  const root = directory().root()
  const below = directory()
    .all()
    .filter(({ id, status }) => id !== root.id && status === 'active')
  const shown = [root, ...below].map(({ handle, name, locales }) => ({ handle, name, locales }))
  return [{ handle: 'base', name: 'Base theme', locales: [...builtInLocales] }, ...shown]
}

const isScheme = (value: string): value is ColorScheme => (colorSchemes as readonly string[]).includes(value)

function baseSite(locale: string, scheme: ColorScheme): UiSite {
  const texts = builtInTexts(locale)
  return {
    organization: {
      handle: 'base',
      name: 'Example',
      locales: [...builtInLocales],
      signUp: 'open',
      businessSignUp: 'closed',
      secondFactorRequired: false,
    },
    locale,
    dir: texts.dir,
    scheme,
    theme: resolveSources(baseTheme(), []),
    texts,
    path: (path) => path,
  }
}

async function siteOf(organization: Organization, locale: string, scheme: ColorScheme): Promise<UiSite> {
  const [theme, texts] = await Promise.all([resolve(organization.id), textsFor(organization.id, locale)])
  const base = organization.parentId === null ? '' : `/o/${organization.handle}`
  const { handle, name, locales, signUp, businessSignUp, secondFactorRequired } = organization
  return {
    organization: { handle, name, locales, signUp, businessSignUp, secondFactorRequired },
    locale,
    dir: texts.dir,
    scheme,
    theme,
    texts,
    path: (path) => base + path,
  }
}

export async function sampleSite({ brand, locale, scheme }: GalleryParams): Promise<UiSite | null> {
  if (!isGalleryOpen() || !isScheme(scheme)) return null
  await openDatabase()
  // Any brand is shown in every built-in language, also those that its organization does not offer.
  if (!(builtInLocales as readonly string[]).includes(locale)) return null
  if (brand === 'base') return baseSite(locale, scheme)
  const organization = directory().byHandle(brand)
  return organization?.status === 'active' ? siteOf(organization, locale, scheme) : null
}
