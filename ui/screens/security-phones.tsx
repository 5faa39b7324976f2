import { IconMessage } from '@tabler/icons-react'
import { mostPhones } from '#core/credentials/contract'
import { explain } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { CodeField, Field } from '../parts/field.tsx'
import { Form, Outcome } from '../parts/form.tsx'
import { IconRow, OpenRow, RowAction, RowEnd, Tag } from '../parts/rows.tsx'
import { Isolated, say, words } from '../words.tsx'
import styles from './security.module.css'
import { Cancel, editing, momentsOf, RemoveRow, type SecurityProps, screen } from './security-parts.tsx'

const action = '/account/security/phones'
const icon = <IconMessage size={22} stroke={1.75} aria-hidden />

function NumberForm({ site, failure, values }: SecurityProps) {
  const { t } = site.texts
  const label = t('field.phone')
  const explained = explain(site, failure, { phone: label })
  return (
    <OpenRow id="new-phone" title={t('security.phones.add')}>
      <p>{t('security.phones.add-lead')}</p>
      <Outcome site={site} screen={screen} explained={explained} />
      <Form site={site} action={action} part="security.phone.form" hidden={{ intent: 'start' }}>
        <Field
          screen={screen}
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          label={label}
          hint={t('hint.phone')}
          value={values?.phone}
          explained={explained}
          part="security.phone.number"
          autoFocus={!failure}
          leftToRight
        />
        <RowEnd>
          <Button part="security.phone.send" small>
            {t('security.phones.send')}
          </Button>
          <Cancel site={site} part="security.phone.cancel" />
        </RowEnd>
      </Form>
    </OpenRow>
  )
}

type UnderWay = NonNullable<SecurityProps['data']['phoneUnderWay']>

function CodeForm({ site, failure, underWay }: SecurityProps & { underWay: UnderWay }) {
  const { t } = site.texts
  const label = t('field.code')
  const explained = explain(site, failure, { code: label })
  return (
    <OpenRow id="phone" title={t('security.phones.code-title')}>
      <p>
        {words(
          site,
          'security.phones.code-lead',
          { number: underWay.number },
          {
            b: (number) => (
              <strong>
                <Isolated>{number}</Isolated>
              </strong>
            ),
          },
        )}
      </p>
      <Outcome site={site} screen={screen} explained={explained} />
      <Form site={site} action={action} part="security.phone.confirm-form" hidden={{ intent: 'confirm' }}>
        <CodeField
          screen={screen}
          label={label}
          hint={t('hint.code')}
          explained={explained}
          part="security.phone.code"
          autoFocus={!failure}
          autoSubmit={!explained}
        />
        <RowEnd>
          <Button part="security.phone.confirm" small>
            {t('security.phones.confirm')}
          </Button>
          <Cancel site={site} part="security.phone.cancel" />
        </RowEnd>
      </Form>
      <div className={styles.more}>
        <form method="post" action={site.path(action)} data-once="">
          <input type="hidden" name="intent" value="resend" />
          <Button
            part="security.phone.resend"
            kind="link"
            resendAt={underWay.resendAt}
            waiting={t('check-mail.resend-in', { time: '{time}' })}
          >
            {t('check-mail.resend')}
          </Button>
        </form>
        <RowAction href={editing(site, 'new-phone')} label={t('security.phones.other')} part="security.phone.other" />
      </div>
    </OpenRow>
  )
}

function OnePhone(props: SecurityProps & { phone: SecurityProps['data']['phones'][number]; id: string | undefined }) {
  const { site, data, edit, phone, id } = props
  const { t } = site.texts
  const isKept = data.isSecondStepRequired && data.secondSteps === 1
  if (edit === `remove-${phone.id}`) {
    return (
      <RemoveRow
        {...props}
        id={`remove-${phone.id}`}
        action={action}
        part="security.phone.remove"
        hidden={{ phone: phone.id }}
        title={t('security.phones.remove-title')}
        lead={
          isKept
            ? say(site, 'security.phones.remove-required')
            : t('security.phones.remove-lead', { number: phone.number })
        }
        label={t('security.phones.remove')}
        stays={isKept}
      />
    )
  }
  return (
    <IconRow
      part="security.phone"
      id={id}
      icon={icon}
      title={<Isolated>{phone.number}</Isolated>}
      detail={momentsOf(site, phone, t('security.phones.row'))}
      tag={<Tag>{t('common.on')}</Tag>}
      action={
        <RowAction
          href={editing(site, `remove-${phone.id}`)}
          label={t('common.remove')}
          name={t('security.phones.remove-name', { number: phone.number })}
          part="security.phone.remove"
        />
      }
    />
  )
}

function Adding(props: SecurityProps) {
  const { site, data, edit } = props
  const { t } = site.texts
  const { phoneUnderWay: underWay, phones } = data
  if (edit === 'phone' && underWay) return <CodeForm {...props} underWay={underWay} />
  if (edit === 'phone' || edit === 'new-phone') return <NumberForm {...props} />
  const isFirst = phones.length === 0
  return (
    <IconRow
      part="security.phones"
      id={isFirst ? 'phones' : undefined}
      icon={icon}
      title={t(isFirst ? 'security.phones.row' : 'security.phones.another')}
      detail={t(isFirst ? 'security.phones.off' : 'security.phones.another-lead')}
      action={
        <RowAction
          href={editing(site, 'new-phone')}
          label={t('common.add')}
          name={t('security.phones.add')}
          part="security.phone.add"
        />
      }
    />
  )
}

export function PhoneRows(props: SecurityProps) {
  const { phones, offers } = props.data
  return (
    <>
      {phones.map((phone, index) => (
        <OnePhone key={phone.id} {...props} phone={phone} id={index === 0 ? 'phones' : undefined} />
      ))}
      {offers.phones && phones.length < mostPhones ? <Adding {...props} /> : null}
    </>
  )
}
