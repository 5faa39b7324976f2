import { IconListNumbers } from '@tabler/icons-react'
import { recoveryCodeCount } from '#core/credentials/contract'
import { explain } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { Form, Outcome } from '../parts/form.tsx'
import { IconRow, OpenRow, RowAction, RowEnd, Section } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import styles from './security.module.css'
import { Cancel, editing, type SecurityProps, screen } from './security-parts.tsx'

const action = '/account/security/recovery-codes'
/** From here on it is time for others. */
export const fewCodes = 3

const places = Array.from({ length: recoveryCodeCount }, (_, place) => place)

function Left({ site, left }: { site: UiSite; left: number }) {
  const { t } = site.texts
  const all = recoveryCodeCount
  return (
    <span className={styles.left} data-few={left <= fewCodes || undefined}>
      <span className={styles.meter} aria-hidden>
        {places.map((place) => (
          <span key={place} data-left={place < left || undefined} />
        ))}
      </span>
      <span data-part="security.codes.left">{t('security.codes.left', { left, all })}</span>
    </span>
  )
}

/** Whoever has some is told that these go. */
function NewCodes({ site, data, failure }: SecurityProps) {
  const { t } = site.texts
  return (
    <OpenRow id="new-codes" title={t('security.codes.new-title')}>
      <p>{t('security.codes.new-lead', { count: data.codesLeft })}</p>
      <Outcome site={site} screen={screen} explained={explain(site, failure)} />
      <Form site={site} action={action} part="security.codes.form" hidden={{ intent: 'make' }}>
        <RowEnd>
          <Button part="security.codes.submit" small>
            {t('security.codes.new')}
          </Button>
          <Cancel site={site} part="security.codes.cancel" />
        </RowEnd>
      </Form>
    </OpenRow>
  )
}

function CodesRow(props: SecurityProps) {
  const { site, data, edit } = props
  const { t } = site.texts
  const { codesLeft: left } = data
  if (edit === 'new-codes') return <NewCodes {...props} />
  const icon = <IconListNumbers size={22} stroke={1.75} aria-hidden />
  if (left === 0) {
    return (
      <IconRow
        part="security.codes"
        icon={icon}
        tone={data.secondSteps > 0 ? 'attention' : undefined}
        title={t('security.codes.title')}
        detail={t('security.codes.none')}
        action={
          <form method="post" action={site.path(action)} data-once="">
            <input type="hidden" name="intent" value="make" />
            <Button part="security.codes.make" kind="secondary" small>
              {t('security.codes.make')}
            </Button>
          </form>
        }
      />
    )
  }
  return (
    <IconRow
      part="security.codes"
      icon={icon}
      tone={left <= fewCodes ? 'attention' : undefined}
      title={t('security.codes.title')}
      detail={
        <>
          <Left site={site} left={left} />
          {left <= fewCodes ? <span className={styles.nag}>{t('security.codes.few')}</span> : null}
        </>
      }
      action={
        <RowAction
          href={editing(site, 'new-codes')}
          label={t('security.codes.new-short')}
          name={t('security.codes.new-title')}
          part="security.codes.new"
        />
      }
    />
  )
}

export function RecoveryCodesSection(props: SecurityProps) {
  const { t } = props.site.texts
  return (
    <Section id="recovery-codes" title={t('security.codes.title')} lead={t('security.codes.lead')}>
      <CodesRow {...props} />
    </Section>
  )
}
