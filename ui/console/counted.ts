/**
 * Words with a number in them, for a script that knows the number: one sentence for each form that the language has, `#`
 * where the number stands. The script chooses as the language does.
 */
import type { TextValues } from '#core/texts/contract'
import type { UiSite } from '../site.tsx'

/** Small numbers show every form that these sentences need: nobody chooses a million of anything. */
const examples = [...Array(101).keys()]

export const countedForms = (site: UiSite, key: string, values: TextValues = {}): string => {
  const plurals = new Intl.PluralRules(site.locale)
  const numbers = new Intl.NumberFormat(site.locale)
  const forms: Record<string, string> = {}
  for (const count of examples) {
    const form = plurals.select(count)
    if (Object.hasOwn(forms, form)) continue
    const said = site.texts.t(key, { organization: site.organization.name, ...values, count })
    forms[form] = said.replace(numbers.format(count), '#')
  }
  return JSON.stringify(forms)
}
