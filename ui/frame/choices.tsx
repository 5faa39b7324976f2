/** Language and appearance: plain forms behind plain disclosure, so they work for everybody. */
import { IconCheck, IconChevronDown, IconContrast, IconLanguage, IconWorld } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { UiSite } from '../site.tsx'
import styles from './choices.module.css'

/** A language in its own words: Deutsch, العربية. */
export function nameOfLanguage(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

type Option = { value: string; label: string; lang?: string; chosen: boolean }

function Choice(props: {
  site: UiSite
  here: string
  name: 'ui_locales' | 'color_scheme'
  part: string
  label: string
  summary: ReactNode
  options: Option[]
}) {
  const { site, here, name, part, label, summary, options } = props
  return (
    <details name="choices" className={styles.choice} data-part={`${part}.choice`} data-dismissable="">
      <summary className={styles.summary}>{summary}</summary>
      <form method="post" action={site.path('/preferences')} className={styles.panel} aria-label={label}>
        <input type="hidden" name="return_to" value={here} />
        {options.map((option) => (
          <button
            key={option.value}
            type="submit"
            name={name}
            value={option.value}
            lang={option.lang}
            aria-pressed={option.chosen}
            className={styles.option}
            data-part={`${part}.${option.value}`}
          >
            {option.label}
            {option.chosen ? <IconCheck size={16} stroke={2} aria-hidden /> : null}
          </button>
        ))}
      </form>
    </details>
  )
}

type Props = { site: UiSite; here: string; portal?: boolean }

function LanguageChoice({ site, here, portal = false }: Props) {
  if (site.organization.locales.length < 2) return null
  const label = site.texts.t('locale.label')
  const Icon = portal ? IconLanguage : IconWorld
  return (
    <Choice
      site={site}
      here={here}
      name="ui_locales"
      part="locale"
      label={label}
      summary={
        <>
          <Icon size={16} stroke={1.75} aria-hidden />
          <span className="visually-hidden">{label}: </span>
          {nameOfLanguage(site.locale)}
          <IconChevronDown size={14} stroke={1.75} aria-hidden className={styles.chevron} />
        </>
      }
      options={site.organization.locales.map((value) => ({
        value,
        label: nameOfLanguage(value),
        lang: value,
        chosen: value === site.locale,
      }))}
    />
  )
}

/** Nothing to choose where the organization has decided on one scheme. */
function AppearanceChoice({ site, here }: Props) {
  if (site.theme.scheme !== 'system') return null
  const label = site.texts.t('scheme.label')
  return (
    <Choice
      site={site}
      here={here}
      name="color_scheme"
      part="scheme"
      label={label}
      summary={
        <>
          <IconContrast size={18} stroke={1.75} aria-hidden />
          <span className="visually-hidden">{label}</span>
        </>
      }
      options={(['system', 'light', 'dark'] as const).map((value) => ({
        value,
        label: site.texts.t(`scheme.${value}`),
        chosen: value === site.scheme,
      }))}
    />
  )
}

/** Their lists open from one edge, that of both together: a list from the edge of the second would leave a narrow window. */
export const Choices = (props: Props) => (
  <div className={styles.choices} data-portal={props.portal || undefined}>
    <LanguageChoice {...props} />
    <AppearanceChoice {...props} />
  </div>
)
