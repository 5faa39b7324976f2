import { IconFingerprint, IconKey, IconPlus } from '@tabler/icons-react'
import { explain } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { Ceremony } from '../parts/ceremony.tsx'
import { Form, Outcome } from '../parts/form.tsx'
import { IconRow, OpenRow, RowAction, RowEnd, Section, Tag } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import { words } from '../words.tsx'
import styles from './security.module.css'
import {
  Cancel,
  editing,
  momentsOf,
  type PasskeyRow,
  RemoveRow,
  RenameForm,
  type SecurityProps,
  screen,
} from './security-parts.tsx'

const action = '/account/security/passkeys'
const plus = <IconPlus size={18} stroke={1.75} aria-hidden />

const Icon = ({ passkey }: { passkey: PasskeyRow }) =>
  passkey.isSynced ? (
    <IconFingerprint size={22} stroke={1.75} aria-hidden />
  ) : (
    <IconKey size={22} stroke={1.75} aria-hidden />
  )

const calledBy = (site: UiSite, { name }: PasskeyRow): string => name ?? site.texts.t('security.passkeys.nameless')

/** What keeps it, unless it is called so; where it works, unless that is here; and since when. */
const detailOf = (site: UiSite, passkey: PasskeyRow): string => {
  const { authenticator, name, host } = passkey
  const elsewhere = host === null ? null : site.texts.t('security.passkeys.elsewhere', { host })
  return momentsOf(site, passkey, authenticator === name ? null : authenticator, elsewhere)
}

function ManageRow(props: SecurityProps & { passkey: PasskeyRow }) {
  const { site, failure, passkey } = props
  const { t } = site.texts
  const { id, host, authenticator } = passkey
  const hidden = { passkey: id }
  const own = failure?.field === 'name' ? null : failure
  return (
    <OpenRow id={`manage-${id}`} title={<bdi>{calledBy(site, passkey)}</bdi>}>
      <p>{detailOf(site, passkey)}</p>
      <Outcome site={site} screen={screen} explained={explain(site, own)} />
      <RenameForm
        {...props}
        action={action}
        part="security.passkey"
        hidden={hidden}
        name={passkey.name}
        otherwise={authenticator ?? t('security.passkeys.nameless')}
      />
      <div className={styles.more}>
        {host === null ? (
          <Ceremony
            site={site}
            action={action}
            act="get"
            part="security.passkey.test"
            hidden={{ intent: 'test' }}
            kind="secondary"
          >
            {t('security.try-out')}
          </Ceremony>
        ) : null}
        <RowAction
          href={editing(site, `remove-${id}`)}
          label={t('security.remove')}
          name={t('security.passkeys.remove-title', { name: calledBy(site, passkey) })}
          part="security.passkey.remove"
        />
      </div>
    </OpenRow>
  )
}

function OnePasskey(props: SecurityProps & { passkey: PasskeyRow }) {
  const { site, data, edit, passkey } = props
  const { t } = site.texts
  const name = calledBy(site, passkey)
  const isLast = data.waysIn === 1
  if (edit === `manage-${passkey.id}`) return <ManageRow {...props} />
  if (edit === `remove-${passkey.id}`) {
    return (
      <RemoveRow
        {...props}
        id={`remove-${passkey.id}`}
        action={action}
        part="security.passkey.remove"
        hidden={{ passkey: passkey.id }}
        title={t('security.passkeys.remove-title', { name })}
        lead={isLast ? words(site, 'failure.account.last_way') : t('security.passkeys.remove-lead')}
        label={t('security.passkeys.remove')}
        stays={isLast}
      />
    )
  }
  return (
    <IconRow
      part="security.passkey"
      icon={<Icon passkey={passkey} />}
      title={<bdi>{name}</bdi>}
      detail={detailOf(site, passkey)}
      tag={<Tag quiet={!passkey.isSynced}>{t(passkey.isSynced ? 'security.synced' : 'security.this-device')}</Tag>}
      action={
        <RowAction
          href={editing(site, `manage-${passkey.id}`)}
          label={t('security.manage')}
          name={t('security.manage-name', { name })}
          part="security.passkey.manage"
        />
      }
    />
  )
}

/** Nothing is made that would be refused afterwards: whoever proved themselves a while ago does so first. */
function Adding({ site, data, edit, failure }: SecurityProps) {
  const { t } = site.texts
  const lead = <span className={styles.aside}>{t('security.passkeys.add-lead')}</span>
  const isOpen = edit === 'passkey'
  // One button of a page is filled: that of the row that is open, if there is one.
  const kind = edit && !isOpen ? 'secondary' : undefined
  const label = t('security.passkeys.add')
  return (
    <div className={styles.adding} id="passkey" data-part="security.passkeys.add">
      <Outcome site={site} screen={screen} explained={isOpen ? explain(site, failure) : null} />
      {data.isFresh ? (
        <Ceremony
          site={site}
          action={action}
          act="create"
          part="security.passkey.add"
          hidden={{ intent: 'add' }}
          beside={lead}
          kind={kind}
        >
          {label}
        </Ceremony>
      ) : (
        <Form site={site} action={action} part="security.passkey.start-form" hidden={{ intent: 'start' }}>
          <div className={styles.beside}>
            <Button part="security.passkey.start" kind={kind} icon={plus} small>
              {label}
            </Button>
            {lead}
          </div>
        </Form>
      )}
      {isOpen ? (
        <RowEnd>
          <Cancel site={site} part="security.passkey.cancel" />
        </RowEnd>
      ) : null}
    </div>
  )
}

export function Passkeys(props: SecurityProps) {
  const { site, data } = props
  const { t } = site.texts
  return (
    <Section id="passkeys" title={t('security.passkeys.title')} lead={t('security.passkeys.lead')}>
      {data.passkeys.map((passkey) => (
        <OnePasskey key={passkey.id} {...props} passkey={passkey} />
      ))}
      {data.offers.passkeys ? (
        <Adding {...props} />
      ) : (
        <p className={styles.adding}>
          <span className={styles.aside}>{t('security.passkeys.not-here')}</span>
        </p>
      )}
      {data.signal ? <span hidden data-passkey-signal={data.signal} /> : null}
    </Section>
  )
}
