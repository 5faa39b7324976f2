/** Whether the trail can be relied on, and how long its details are kept. */
import { IconAlertTriangle, IconCircleDashed, IconHistory, IconShieldCheck } from '@tabler/icons-react'
import { type AuditStanding, shortestRetentionDays } from '#core/audit/contract'
import { explain } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { IconRow, RowAction, Section } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say, words } from '../words.tsx'
import styles from './audit.module.css'
import { momentOf } from './audit-words.tsx'
import type { ConsoleFrameData } from './frame.tsx'
import { ConsoleForm, panelStyles } from './panel.tsx'
import { Question } from './question.tsx'

const path = '/organization/audit'
const look = { size: 24, stroke: 1.5, 'aria-hidden': true } as const

function Check({ site, standing: { check } }: { site: UiSite; standing: AuditStanding }) {
  const { t } = site.texts
  const isFaulty = check !== null && check.faults > 0
  const detail = check
    ? `${t('audit.check.at', { at: momentOf(site, check.at), unsealed: check.unsealed })}${isFaulty ? ` ${t('audit.check.alarm')}` : ''}`
    : t('audit.check.daily')
  return (
    <IconRow
      part="audit.check"
      icon={
        isFaulty ? (
          <IconAlertTriangle {...look} />
        ) : check ? (
          <IconShieldCheck {...look} />
        ) : (
          <IconCircleDashed {...look} />
        )
      }
      tone={isFaulty ? 'attention' : check ? 'good' : undefined}
      title={
        check
          ? t(isFaulty ? 'audit.check.faulty' : 'audit.check.well', { records: check.records, faults: check.faults })
          : t('audit.check.never')
      }
      detail={detail}
      action={
        <ConsoleForm site={site} operation="audit.check" back={path} part="audit.check.form">
          <Button part="audit.check.now" kind="secondary" small>
            {t('audit.check.now')}
          </Button>
        </ConsoleForm>
      }
    />
  )
}

export function Trust({ site, frame, standing }: { site: UiSite; frame: ConsoleFrameData; standing: AuditStanding }) {
  const { t } = site.texts
  const { sealedUpTo, retentionDays } = standing
  return (
    <div className={styles.trust} data-part="audit.trust">
      <Section title={t('audit.trust.title')} lead={t('audit.trust.lead')}>
        <IconRow
          part="audit.seal"
          icon={sealedUpTo ? <IconShieldCheck {...look} /> : <IconCircleDashed {...look} />}
          tone={sealedUpTo ? 'good' : undefined}
          title={sealedUpTo ? t('audit.seal.title', { at: momentOf(site, sealedUpTo.at) }) : t('audit.seal.none')}
          detail={t('audit.seal.detail')}
        />
        <Check site={site} standing={standing} />
        <IconRow
          part="audit.retention"
          icon={<IconHistory {...look} />}
          title={
            retentionDays === null ? t('audit.retention.forever') : t('audit.retention.days', { days: retentionDays })
          }
          detail={t('audit.retention.detail')}
          action={
            frame.can.includes('organization.update') ? (
              <RowAction
                href={site.path(`${path}/retention`)}
                label={t('common.change')}
                name={`${t('common.change')}: ${t('audit.retention.heading')}`}
                part="audit.retention.change"
              />
            ) : null
          }
        />
        <details className={styles.means} data-part="audit.means">
          <summary>{t('audit.check.means-title')}</summary>
          <p>{words(site, 'audit.check.means', {}, { code: (children) => <code dir="ltr">{children}</code> })}</p>
        </details>
      </Section>
    </div>
  )
}

/** How long details are to be kept. */
export function AuditRetention(props: { site: UiSite; frame: ConsoleFrameData; days: number | null } & Answered) {
  const { site, days, values = {}, failure } = props
  const { t } = site.texts
  const screen = 'audit-retention'
  const labels = { days: t('audit.retention.field') }
  return (
    <Question
      {...props}
      section="audit"
      screen={screen}
      heading={t('audit.retention.heading')}
      lead={t('audit.retention.lead')}
      above={{ href: path, label: t('console.audit.title') }}
      labels={labels}
      panel={{
        operation: 'audit.retain',
        back: `${path}/retention`,
        next: path,
        submit: t('audit.retention.submit'),
        consequence: t('audit.retention.consequence'),
        children: (
          <>
            <Field
              screen={screen}
              explained={explain(site, failure, labels)}
              name="days"
              label={labels.days}
              inputMode="numeric"
              required={false}
              leftToRight
              hint={say(site, 'audit.retention.hint', { least: shortestRetentionDays })}
              value={values.days ?? (days === null ? '' : String(days))}
            />
            <div className={panelStyles.warning}>
              <p>{words(site, 'audit.retention.warning')}</p>
            </div>
          </>
        ),
      }}
    />
  )
}
