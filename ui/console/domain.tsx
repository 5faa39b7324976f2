import { IconCopy } from '@tabler/icons-react'
import type { PasskeysByHost } from '#core/credentials/contract'
import type { DnsEvidence } from '#core/organizations/contract'
import { Button, ButtonLink } from '../parts/button.tsx'
import { IconRow, Section, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say, words } from '../words.tsx'
import { momentOf } from './audit-words.tsx'
import { BoundPasskeys } from './bound-passkeys.tsx'
import { type DomainStanding, DomainSteps, type ProofRecord } from './domain-states.tsx'
import styles from './domains.module.css'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { ConsoleForm, failureAbove, panelStyles } from './panel.tsx'
import { Question } from './question.tsx'

const path = '/organization/domains'

export type DomainKind = 'host' | 'email'
type Props = {
  site: UiSite
  frame: ConsoleFrameData
  kind: DomainKind
  standing: DomainStanding
  /** As what people join; undefined for a host. */
  joinsAs?: 'staff' | 'consumer' | null | undefined
  /** Whether it is the address that the organization is shown at. */
  isMain?: boolean
} & Answered

/** What the interface calls it. */
const interfaces = {
  host: { operations: 'domains', parameter: 'host' },
  email: { operations: 'email-domains', parameter: 'domain' },
} as const

const placeOf = ({ kind, standing }: Pick<Props, 'kind' | 'standing'>) => `${path}/${kind}s/${standing.name}`
const above = (site: UiSite) => ({ href: path, label: site.texts.t('console.domains.title') })

function Value({ site, name, value, hint }: { site: UiSite; name: string; value: string; hint?: string }) {
  const { t } = site.texts
  return (
    <div className={styles.value} data-part={`domain.record.${name}`}>
      <dt>{t(`domain.record.${name}`)}</dt>
      <dd>
        <code dir="ltr">{value}</code>
        <button type="button" hidden className={styles.copy} data-copy={value} data-copied={t('common.copied')}>
          <IconCopy size={16} stroke={1.75} aria-hidden />
          <span aria-live="polite">{t('common.copy')}</span>
        </button>
        {hint ? <p>{hint}</p> : null}
      </dd>
    </div>
  )
}

function Record({ site, name, record }: { site: UiSite; name: string; record: ProofRecord }) {
  const { t } = site.texts
  // Providers ask for what stands before the domain that was bought.
  const bought = name.split('.').slice(-2).join('.')
  const short = record.name.slice(0, -bought.length - 1)
  return (
    <Section title={t('domain.record.title')} lead={t('domain.record.lead')}>
      <dl className={styles.record} data-part="domain.record">
        <Value site={site} name="type" value="TXT" />
        <Value
          site={site}
          name="name"
          value={record.name}
          hint={t('domain.record.name-hint', { domain: bought, short })}
        />
        <Value site={site} name="value" value={record.value} />
      </dl>
      <p className={styles.keep}>{t('domain.record.keep')}</p>
    </Section>
  )
}

function answerOf(site: UiSite, { values, error }: DnsEvidence, record: ProofRecord | null): string {
  const { t } = site.texts
  if (record && values.includes(record.value)) return t('domain.check.found')
  if (values.length > 0) return t('domain.check.other', { value: values.join(', ') })
  return error === null || error === 'ENOTFOUND' || error === 'ENODATA'
    ? t('domain.check.nothing')
    : t('domain.check.failed', { code: error })
}

function Seen(props: Props) {
  const { site, kind, standing } = props
  const { t } = site.texts
  const { operations, parameter } = interfaces[kind]
  const { checkedAt, evidence, record } = standing
  return (
    <Section title={t('domain.check.title')} lead={t('domain.check.lead')}>
      <IconRow
        part="domain.check"
        icon={null}
        title={checkedAt ? t('domain.check.at', { at: momentOf(site, checkedAt) }) : t('domain.check.never')}
        action={
          standing.isProven ? null : (
            <ConsoleForm
              site={site}
              operation={`${operations}.check`}
              back={placeOf(props)}
              hidden={{ [parameter]: standing.name }}
              part="domain.check.form"
            >
              <Button part="domain.check.now" small>
                {t('domain.check.now')}
              </Button>
            </ConsoleForm>
          )
        }
      />
      {(evidence ?? []).map((one) => (
        <ValueRow
          key={one.resolver}
          part="domain.evidence"
          label={t('domain.check.resolver', {
            name: one.resolver === 'system' ? t('domain.check.system') : one.resolver,
          })}
          value={<bdi>{answerOf(site, one, record)}</bdi>}
          action={null}
        />
      ))}
    </Section>
  )
}

/** A domain on its way: where it stands, what to do, and what was seen. */
export function Domain(props: Props) {
  const { site, frame, kind, standing, joinsAs, notice } = props
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="domains"
      screen="domain"
      here={placeOf(props)}
      heading={standing.name}
      lead={kind === 'email' ? t(`domains.joins.${joinsAs ?? 'none'}-lead`) : t('domain.lead.host')}
      back={above(site)}
      notice={notice}
      alert={failureAbove(site, 'domain', props)}
    >
      <DomainSteps site={site} standing={standing} />
      {standing.isProven ? (
        <Section title={t('domain.next.title')} lead={t(`domain.lead.${kind}`)}>
          <p className={styles.keep}>{t(`domain.next.${kind}`)}</p>
        </Section>
      ) : standing.record ? (
        <Record site={site} name={standing.name} record={standing.record} />
      ) : null}
      <Seen {...props} />
      <Section title={t('domain.remove.title')} lead={t('domain.remove.lead')}>
        <IconRow
          part="domain.remove"
          icon={null}
          title={<Isolated>{standing.name}</Isolated>}
          action={
            <ButtonLink part="domain.remove.open" href={site.path(`${placeOf(props)}/remove`)} kind="danger" small>
              {t('domain.remove.open')}
            </ButtonLink>
          }
        />
      </Section>
    </ConsoleFrame>
  )
}

/** What goes with a domain; `passkeys` are bound to it. */
export function RemoveDomain(props: Props & { passkeys?: readonly PasskeysByHost[] }) {
  const { site, kind, standing, isMain, passkeys = [] } = props
  const { t } = site.texts
  const { operations, parameter } = interfaces[kind]
  return (
    <Question
      {...props}
      section="domains"
      screen="remove-domain"
      heading={t('domain.remove.heading', { name: standing.name })}
      above={{ href: placeOf(props), label: standing.name }}
      panel={{
        operation: `${operations}.remove`,
        back: `${placeOf(props)}/remove`,
        next: path,
        hidden: { [parameter]: standing.name },
        submit: t('domain.remove.submit'),
        danger: true,
        consequence: say(site, 'domain.remove.lead'),
        children: (
          <>
            <div className={panelStyles.warning}>
              <p>{words(site, `domain.remove.${kind}`)}</p>
              {isMain ? <p>{t('domain.remove.main')}</p> : null}
            </div>
            <BoundPasskeys site={site} bound={passkeys} part="remove-domain.passkeys" />
          </>
        ),
      }}
    />
  )
}
