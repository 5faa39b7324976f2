/** What became of each of many, after a form that named many. */
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { UiSite } from '../site.tsx'
import { Isolated } from '../words.tsx'
import styles from './members.module.css'
import { Card } from './table.tsx'

export type ResultLine = { email: string | null; outcome: string; why?: string | undefined }

const good: ReadonlySet<string> = new Set(['invited', 'resent', 'done'])

export function Results({ site, lines }: { site: UiSite; lines: readonly ResultLine[] }) {
  const { t } = site.texts
  if (lines.length === 0) return null
  return (
    <section className={styles.block} aria-label={t('invitations.results')}>
      <Card part="invitations.results">
        <ul className={styles.results}>
          {lines.map(({ email, outcome, why }, index) => (
            <li key={email ?? index} data-good={good.has(outcome)} data-outcome={outcome}>
              {good.has(outcome) ? (
                <IconCircleCheck size={18} stroke={1.75} aria-hidden />
              ) : (
                <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
              )}
              <span>{email === null ? t('invitations.result.nobody') : <Isolated>{email}</Isolated>}</span>
              <span>{t(`invitations.result.${outcome}`)}</span>
              {why ? <p>{why}</p> : null}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  )
}
