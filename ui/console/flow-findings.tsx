/** What the checks say of a flow: mistakes first, each with the place where it stands. */
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { FlowFinding } from '#core/flows/contract'
import type { UiSite } from '../site.tsx'
import styles from './flow.module.css'
import { findingWords, placeOf } from './flow-words.tsx'

export function FlowFindings({ site, findings }: { site: UiSite; findings: readonly FlowFinding[] }) {
  const { t } = site.texts
  const sorted = findings.toSorted((a, b) => (a.level === b.level ? 0 : a.level === 'error' ? -1 : 1))
  if (sorted.length === 0) {
    return (
      <p className={styles.fine} data-part="flow.findings.none">
        <IconCircleCheck size={20} stroke={1.75} aria-hidden />
        {t('flow.findings.none')}
      </p>
    )
  }
  return (
    <ul className={styles.findings} data-part="flow.findings">
      {sorted.map((finding) => (
        <li key={`${finding.path} ${finding.code}`} data-level={finding.level} data-code={finding.code}>
          {finding.level === 'error' ? (
            <IconAlertTriangle size={20} stroke={1.75} aria-hidden />
          ) : (
            <IconInfoCircle size={20} stroke={1.75} aria-hidden />
          )}
          <p>
            <strong>{t(`flow.findings.${finding.level}`)}</strong> {findingWords(site, finding)}
            <span className={styles.place}>{placeOf(finding)}</span>
          </p>
        </li>
      ))}
    </ul>
  )
}
