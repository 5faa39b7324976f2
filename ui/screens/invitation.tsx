import { IconClock, IconMailOpened, IconUserQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { InvitationLook } from '#core/login/contract'
import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { besideLabel, Field, LinkedField, PasswordField } from '../parts/field.tsx'
import { Form, formStyles, KnownPerson, NamePair, Outcome } from '../parts/form.tsx'
import { type Answered, passwordMinimum, type UiSite } from '../site.tsx'
import { address, Isolated, join, say, words } from '../words.tsx'
import { DeadEnd } from './dead-end.tsx'
import styles from './invitation.module.css'
import { Agreement } from './sign-up.tsx'

const screen = 'invitation'
const here = '/invitation'

type Looked = { site: UiSite; look: InvitationLook }
type Asking = Looked & { signedInAs: string | null } & Answered

/** A name inside a sentence: it stands out, and reads in its own direction. */
const name = {
  b: (children: ReactNode) => (
    <strong>
      <bdi>{children}</bdi>
    </strong>
  ),
}

const ending = ({ expiresAt }: InvitationLook): Date => new Date(expiresAt ?? 0)

function Lead({ site, look: { inviter, kind } }: Looked) {
  return join([
    inviter ? words(site, 'invitation.lead-by', { inviter }, name) : say(site, 'invitation.lead'),
    ' ',
    say(site, kind === 'staff' ? 'invitation.as-staff' : 'invitation.as-consumer'),
  ])
}

/** Roles that come with the product in the reader's language, own ones as they are called. */
function roleNames(site: UiSite, roles: NonNullable<InvitationLook['roles']>): string[] {
  return roles.map(({ key, name: own }) => own ?? site.texts.t(`role.${key}`))
}

/** What is offered: to whom, as what, until when, and in whose words. */
function Facts({ site, look }: Looked) {
  const { t } = site.texts
  const { email, roles = [], message } = look
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('field.email')}</dt>
        <dd data-part="invitation.email">
          <Isolated>{email}</Isolated>
        </dd>
        {roles.length > 0 ? (
          <>
            <dt>{t('invitation.roles')}</dt>
            <dd data-part="invitation.roles">
              {roleNames(site, roles).map((role) => (
                <div key={role}>
                  <bdi>{role}</bdi>
                </div>
              ))}
            </dd>
          </>
        ) : null}
        <dt>{t('invitation.until')}</dt>
        <dd data-part="invitation.until">{t('invitation.until-when', { until: ending(look) })}</dd>
      </dl>
      {message ? (
        <blockquote className={styles.message} dir="auto" data-part="invitation.message">
          {message}
        </blockquote>
      ) : null}
    </>
  )
}

/** Nobody has an account with this address: one is made, and joins. */
function NewAccount({ site, look, values = {}, failure, notice }: Asking) {
  const { t } = site.texts
  const labels = {
    given_name: t('field.given-name'),
    family_name: t('field.family-name'),
    password: t('field.password'),
  }
  const explained = explain(site, failure, labels)
  const common = (field: keyof typeof labels) => ({ screen, explained, name: field, label: labels[field] })
  return (
    <>
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Facts site={site} look={look} />
      <p className={styles.ask}>{t('invitation.account')}</p>
      <Form site={site} action={here} part="invitation.form">
        <NamePair>
          <Field {...common('given_name')} value={values.given_name} autoComplete="given-name" />
          <Field {...common('family_name')} value={values.family_name} autoComplete="family-name" />
        </NamePair>
        <KnownPerson email={look.email ?? ''} />
        <PasswordField
          {...common('password')}
          site={site}
          autoComplete="new-password"
          minimum={passwordMinimum(site)}
          hint={t('hint.password', { count: passwordMinimum(site) })}
        />
        <Button part="invitation.submit" wide>
          {t('invitation.account-submit')}
        </Button>
      </Form>
      <Agreement site={site} />
    </>
  )
}

/** Somebody has an account with this address: its password says that they are here. */
function KnownAccount({ site, look, failure, notice }: Asking) {
  const { t } = site.texts
  const label = t('field.password')
  const explained = explain(site, failure, { password: label })
  return (
    <>
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Facts site={site} look={look} />
      <p className={styles.ask}>{t('invitation.password')}</p>
      <Form site={site} action={here} part="invitation.form">
        <KnownPerson email={look.email ?? ''} />
        <LinkedField
          link={
            <a href={site.path('/recover')} className={besideLabel} data-part="invitation.recover">
              {t('sign-in.forgot')}
            </a>
          }
        >
          <PasswordField
            site={site}
            screen={screen}
            explained={explained}
            name="password"
            label={label}
            autoComplete="current-password"
          />
        </LinkedField>
        <Button part="invitation.submit" wide>
          {t('invitation.password-submit')}
        </Button>
      </Form>
    </>
  )
}

/** The one who was invited is signed in already. */
function OneButton({ site, look, failure, notice }: Asking) {
  return (
    <>
      <Outcome site={site} screen={screen} explained={explain(site, failure)} notice={notice} />
      <Facts site={site} look={look} />
      <Form site={site} action={here} part="invitation.form">
        <Button part="invitation.submit" wide>
          {site.texts.t('invitation.submit')}
        </Button>
      </Form>
    </>
  )
}

const asking = { account: NewAccount, password: KnownAccount, nothing: OneButton }

function Valid(props: Asking) {
  const { site, look } = props
  const Ask = asking[look.asks ?? 'account']
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconMailOpened size={24} stroke={1.75} aria-hidden />}
      heading={site.texts.t('invitation.title')}
      lead={<Lead site={site} look={look} />}
    >
      <Ask {...props} />
    </EntryFrame>
  )
}

/** Nobody joins with the wrong account: they sign out, and the invitation is still there. */
function WrongAccount({ site, look, signedInAs, failure, notice }: Asking) {
  const { t } = site.texts
  const { email = '' } = look
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconUserQuestion size={24} stroke={1.75} aria-hidden />}
      heading={t('invitation.wrong-account.title')}
      lead={words(site, 'invitation.wrong-account.lead', { email, other: signedInAs ?? '' }, address)}
    >
      <Outcome site={site} screen={screen} explained={explain(site, failure)} notice={notice} />
      <div className={formStyles.steps}>
        <Form site={site} action={here} part="invitation.sign-out-form" hidden={{ intent: 'sign-out' }}>
          <Button part="invitation.sign-out" wide>
            {t('invitation.wrong-account.submit')}
          </Button>
        </Form>
        <ButtonLink href={site.path('/account')} part="invitation.stay" kind="secondary" wide>
          {t('sign-out.stay')}
        </ButtonLink>
      </div>
    </EntryFrame>
  )
}

/** It is over; whoever sent it may send it again. */
function Expired({ site, look, failure, notice }: Asking) {
  const { t } = site.texts
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconClock size={24} stroke={1.75} aria-hidden />}
      heading={t('invitation.expired.title')}
      lead={say(site, 'invitation.expired.lead', { until: ending(look) })}
    >
      <Outcome site={site} screen={screen} explained={explain(site, failure)} notice={notice} />
      <div className={formStyles.steps}>
        <Form site={site} action={here} part="invitation.request-form" hidden={{ intent: 'request' }}>
          <Button part="invitation.request" wide>
            {t('invitation.expired.submit')}
          </Button>
        </Form>
        <ButtonLink href={site.path('/sign-in')} part="invitation.sign-in" kind="secondary" wide>
          {t('common.back-to-sign-in')}
        </ButtonLink>
      </div>
    </EntryFrame>
  )
}

export function Invitation(props: Asking) {
  const { site, look } = props
  const { t } = site.texts
  const { state, email = '' } = look
  if (state === 'valid') return <Valid {...props} />
  if (state === 'wrong-account') return <WrongAccount {...props} />
  if (state === 'expired') return <Expired {...props} />
  const isUsed = state === 'used'
  return (
    <DeadEnd
      site={site}
      screen={screen}
      here={here}
      emblem={isUsed ? 'used' : state === 'unavailable' ? 'problem' : 'broken'}
      heading={t(`invitation.${state}.title`)}
      lead={words(site, `invitation.${state}.lead`, { email }, address)}
      first={{
        part: 'invitation.sign-in',
        href: '/sign-in',
        label: t(isUsed ? 'sign-in.submit' : 'common.back-to-sign-in'),
      }}
    />
  )
}
