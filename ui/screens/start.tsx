import { IconBuilding, IconCircleCheck, IconHourglass, IconMapPin } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { StartLook } from '#core/login/contract'
import { type Explained, explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Field, PasswordField } from '../parts/field.tsx'
import { Form, formStyles, NamePair, Outcome } from '../parts/form.tsx'
import { type Answered, passwordMinimum, type UiSite } from '../site.tsx'
import { address, Isolated, say, words } from '../words.tsx'
import { DeadEnd } from './dead-end.tsx'
import { Agreement } from './sign-up.tsx'
import styles from './start.module.css'

const screen = 'start'
const here = '/start'

type Looked = { site: UiSite; look: StartLook }
type Asking = Looked & Answered

/** A name inside a sentence: it stands out, and reads in its own direction. */
const name = {
  b: (children: ReactNode) => (
    <strong>
      <bdi>{children}</bdi>
    </strong>
  ),
}

/** How the address will read: with what was typed, or with something to stand for it. A script keeps it up to date. */
function Preview({ site, look, handle }: Looked & { handle: string | undefined }) {
  const shown = look.preview.replace('{handle}', handle || site.texts.t('start.handle-sample'))
  return words(
    site,
    'start.handle-hint',
    { address: shown },
    {
      b: (children) => (
        <strong>
          <bdi dir="ltr" data-preview={look.preview} data-part="start.preview">
            {children}
          </bdi>
        </strong>
      ),
    },
  )
}

function HandleField({
  site,
  look,
  values = {},
  explained,
  isFirst,
}: Asking & { explained: Explained | null; isFirst?: boolean }) {
  return (
    <Field
      screen={screen}
      explained={explained}
      name="handle"
      label={site.texts.t('start.handle')}
      value={values.handle}
      autoComplete="off"
      leftToRight
      autoFocus={isFirst}
      hint={<Preview site={site} look={look} handle={values.handle} />}
    />
  )
}

/** What could be had instead, to be typed: the form holds a password, which is never kept for a second try. */
function Suggestions({ site, look }: Looked) {
  if (look.suggestions.length === 0) return null
  return (
    <p className={styles.suggestions} data-part="start.suggestions">
      {site.texts.t('start.suggestions')}{' '}
      {look.suggestions.map((handle) => (
        <bdi key={handle} dir="ltr" className={styles.suggestion}>
          {handle}
        </bdi>
      ))}
    </p>
  )
}

function Words({ look: { invitation } }: Pick<Looked, 'look'>) {
  if (!invitation?.message) return null
  return (
    <blockquote className={styles.message} dir="auto" data-part="start.message">
      {invitation.message}
    </blockquote>
  )
}

const leadOf = ({ site, look: { invitation, needsApproval } }: Looked): ReactNode => {
  if (invitation?.inviter) return words(site, 'start.lead-by', { inviter: invitation.inviter }, name)
  if (invitation) return say(site, 'start.lead-invited')
  return say(site, needsApproval ? 'start.lead-approval' : 'start.lead')
}

function Begin({ site, look, values, failure, notice }: Asking) {
  const { t } = site.texts
  const typed = values ?? (look.invitation ? { email: look.invitation.email } : {})
  const labels = {
    name: t('start.name'),
    handle: t('start.handle'),
    given_name: t('field.given-name'),
    family_name: t('field.family-name'),
    email: t('field.email'),
    password: t('field.password'),
  }
  const explained = explain(site, failure, labels)
  const common = (field: keyof typeof labels) => ({
    screen,
    explained,
    name: field,
    label: labels[field],
    value: (typed as Record<string, string>)[field],
  })
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconBuilding size={24} stroke={1.75} aria-hidden />}
      heading={t('start.title')}
      lead={leadOf({ site, look })}
    >
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Words look={look} />
      <Form site={site} action={here} part="start.form">
        <Field {...common('name')} autoComplete="organization" autoFocus={!explained && !look.invitation} />
        <div>
          <HandleField site={site} look={look} values={typed} explained={explained} />
          <Suggestions site={site} look={look} />
        </div>
        <h2 className={styles.part}>{t('start.you')}</h2>
        <NamePair>
          <Field {...common('given_name')} autoComplete="given-name" />
          <Field {...common('family_name')} autoComplete="family-name" />
        </NamePair>
        <Field {...common('email')} type="email" inputMode="email" autoComplete="email" leftToRight />
        <PasswordField
          {...common('password')}
          site={site}
          value={undefined}
          autoComplete="new-password"
          minimum={passwordMinimum(site)}
          hint={t('hint.password', { count: passwordMinimum(site) })}
        />
        <Button part="start.submit" wide>
          {t('start.submit')}
        </Button>
      </Form>
      <Agreement site={site} />
    </EntryFrame>
  )
}

/** Proven, and somebody else was quicker: only the name in addresses is asked for again. */
function AnotherHandle({ site, look, values, failure, notice }: Asking) {
  const { t } = site.texts
  const explained = explain(site, failure, { handle: t('start.handle') })
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconMapPin size={24} stroke={1.75} aria-hidden />}
      heading={t('start.handle-title')}
      lead={t('start.handle-lead')}
    >
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form site={site} action={here} part="start.handle-form" hidden={{ intent: 'handle' }}>
        <HandleField site={site} look={look} values={values} explained={explained} isFirst={!explained} />
        <Button part="start.submit" wide>
          {t('start.submit')}
        </Button>
      </Form>
      {look.suggestions.length > 0 ? (
        <>
          <p className={formStyles.last}>{t('start.suggestions')}</p>
          <div className={styles.choices} data-part="start.suggestions">
            {look.suggestions.map((handle) => (
              <Form
                key={handle}
                site={site}
                action={here}
                part={`start.choose-${handle}`}
                hidden={{ intent: 'handle', handle }}
              >
                <Button part="start.choose" kind="secondary" wide>
                  <Isolated>{handle}</Isolated>
                </Button>
              </Form>
            ))}
          </div>
        </>
      ) : null}
    </EntryFrame>
  )
}

function Waiting({ site, look, failure, notice }: Asking) {
  const { t } = site.texts
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconHourglass size={24} stroke={1.75} aria-hidden />}
      heading={t('start.waiting.title')}
      lead={words(site, 'start.waiting.lead', { name: look.name ?? '' }, name)}
    >
      <Outcome site={site} screen={screen} explained={explain(site, failure)} notice={notice} />
    </EntryFrame>
  )
}

/** It is there, at an address where nobody can be signed in from here. */
function Ready({ site, look }: Looked) {
  const { t } = site.texts
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconCircleCheck size={24} stroke={1.75} aria-hidden />}
      heading={t('start.ready.title', { name: look.name ?? '' })}
      lead={words(site, 'start.ready.lead', { address: look.address ?? '' }, address)}
    >
      <ButtonLink href={look.signIn ?? ''} part="start.enter" wide>
        {t('start.ready.submit')}
      </ButtonLink>
    </EntryFrame>
  )
}

export function Start(props: Asking) {
  const { site, look } = props
  const { t } = site.texts
  const { state } = look
  if (state === 'form') return <Begin {...props} />
  if (state === 'handle') return <AnotherHandle {...props} />
  if (state === 'waiting') return <Waiting {...props} />
  if (state === 'ready') return <Ready site={site} look={look} />
  return (
    <DeadEnd
      site={site}
      screen={screen}
      here={here}
      emblem={state === 'used' ? 'used' : state === 'expired' ? 'time' : 'broken'}
      heading={t(`start.${state}.title`)}
      lead={say(site, `start.${state}.lead`)}
      first={{ part: 'start.sign-in', href: '/sign-in', label: t('common.back-to-sign-in') }}
    />
  )
}
