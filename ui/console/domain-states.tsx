/** How a domain stands on its way from added to proven, and the marks for it. */
import { IconAlertTriangle, IconCircleCheck, IconHourglass } from '@tabler/icons-react'
import type { DnsEvidence } from '#core/organizations/contract'
import type { UiSite } from '../site.tsx'
import { Badge } from './badge.tsx'
import styles from './domains.module.css'

/** What has to be found in DNS. */
export type ProofRecord = { name: string; value: string }

export type DomainStanding = {
  /** The host, or the email domain. */
  name: string
  isProven: boolean
  record: ProofRecord | null
  checkedAt: Date | null
  evidence: DnsEvidence[] | null
}

export type DomainState = 'proven' | 'waiting' | 'wrong'

export const stateOf = ({ isProven, evidence }: Pick<DomainStanding, 'isProven' | 'evidence'>): DomainState => {
  if (isProven) return 'proven'
  return (evidence ?? []).some(({ values }) => values.length > 0) ? 'wrong' : 'waiting'
}

const marks = {
  proven: { tone: 'success', Icon: IconCircleCheck },
  waiting: { tone: 'warning', Icon: IconHourglass },
  wrong: { tone: 'danger', Icon: IconAlertTriangle },
} as const

export function DomainBadge({ site, state }: { site: UiSite; state: DomainState }) {
  const { tone, Icon } = marks[state]
  return (
    <Badge tone={tone} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
      {site.texts.t(`domains.status.${state}`)}
    </Badge>
  )
}

/** Three steps, of which those behind are done. */
export function DomainSteps({ site, standing }: { site: UiSite; standing: DomainStanding }) {
  const { t } = site.texts
  const { isProven, record, evidence } = standing
  const isSeen = isProven || (evidence ?? []).some(({ values }) => record !== null && values.includes(record.value))
  const steps = [
    ['added', true],
    ['seen', isSeen],
    ['proven', isProven],
  ] as const
  return (
    <ol className={styles.steps} aria-label={t('domain.steps')} data-part="domain.steps">
      {steps.map(([name, isDone], index) => (
        <li key={name} data-done={isDone || undefined}>
          <span className={styles.mark} aria-hidden>
            {isDone ? <IconCircleCheck size={20} stroke={1.75} /> : index + 1}
          </span>
          {t(`domain.step.${name}`)}
          <span className="visually-hidden">{t(`domain.step.${isDone ? 'done' : 'open'}`)}</span>
        </li>
      ))}
    </ol>
  )
}
