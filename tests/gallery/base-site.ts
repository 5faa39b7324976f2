/** A site that wears the base theme and speaks the built-in words, without a database. */
import { builtInTexts } from '#core/texts'
import { baseTheme, resolveSources } from '#core/themes'
import type { UiSite } from '../../ui/site.tsx'

export function sampleSiteOf(locale: string): UiSite {
  const texts = builtInTexts(locale)
  return {
    organization: {
      handle: 'base',
      name: 'Example',
      locales: ['en', 'de', 'pt', 'ar'],
      signUp: 'open',
      businessSignUp: 'closed',
      secondFactorRequired: false,
    },
    locale,
    dir: texts.dir,
    scheme: 'system',
    theme: resolveSources(baseTheme(), []),
    texts,
    path: (path) => path,
  }
}
