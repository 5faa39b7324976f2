/** What a group is, in words. */
import type { GroupRule } from '#core/access/contract'
import { nameOfLanguage } from '../frame/choices.tsx'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { kindName } from './standing.tsx'

export const groupsPath = '/organization/groups'

const ruleValue = (site: UiSite, { attribute, value }: GroupRule): string => {
  if (attribute === 'locale') return nameOfLanguage(value)
  return attribute === 'kind' && (value === 'staff' || value === 'consumer') ? kindName(site, value) : value
}

/** Who is in it by its rule; those who are chosen by hand have none. */
export const ruleWords = (site: UiSite, rule: GroupRule | null): string =>
  rule === null
    ? site.texts.t('groups.by-hand')
    : say(site, `groups.rule.${rule.attribute}.${rule.operator}`, { value: ruleValue(site, rule) })
