import type { Action } from '../action.ts'
import type { Sent } from '../sent.ts'

const text = (value: Sent[string]): string => (typeof value === 'string' ? value.trim() : '')

/** The languages in the order of their fields, each once. */
const languages = (sent: Sent) => {
  const places = Object.keys(sent)
    .filter((name) => /^locale_\d$/.test(name))
    .sort()
  return { locales: [...new Set(places.map((name) => text(sent[name])).filter((locale) => locale !== ''))] }
}

const attribute = (sent: Sent) => ({ attributes: { [text(sent.attribute)]: text(sent.value) } })
const noAttribute = (sent: Sent) => ({ attributes: { [text(sent.attribute)]: null } })

export const settingsActions: readonly Action[] = [
  { operation: 'organizations.update', notice: 'settings_saved' },
  { name: 'settings.handle', operation: 'organizations.update', notice: 'handle_changed' },
  { name: 'settings.languages', operation: 'organizations.update', notice: 'settings_saved', body: languages },
  { name: 'settings.attribute', operation: 'organizations.update', notice: 'settings_saved', body: attribute },
  { name: 'settings.no-attribute', operation: 'organizations.update', notice: 'settings_saved', body: noAttribute },
]
