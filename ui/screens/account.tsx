import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { AccountFrame, type SignedIn } from '../frame/account-frame.tsx'
import { BrandPicture } from '../frame/picture.tsx'
import { IconRow, RowAction } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import styles from './account.module.css'
import { LatestChanges, type Moments, ThisDevice } from './account-cards.tsx'
import { fewCodes } from './security-codes.tsx'

export type AccountData = {
  person: SignedIn
  phone: string | null
  signedInAt: Date
  hasSecondStep: boolean
  passkeys: number
  codesLeft: number
  /** They have just signed in with a password, and have no passkey here: a browser that can makes one by itself. */
  mayUpgrade: boolean
} & Moments

type Check = { name: string; ok: boolean; title: string; detail?: string | undefined; href: string; action: string }

const security = (part: string) => `/account/security#${part}`

function secondStepOf({ texts: { t } }: UiSite, { hasSecondStep }: AccountData): Check {
  const name = 'second-step'
  const href = security(name)
  if (hasSecondStep) {
    return { name, ok: true, title: t('account.check.second-step-on'), href, action: t('account.check.review') }
  }
  return {
    name,
    ok: false,
    title: t('account.check.second-step-off'),
    detail: t('account.check.second-step-off-lead'),
    href,
    action: t('security.second-step.add'),
  }
}

function signInOf({ texts: { t } }: UiSite, { passkeys, passwordChangedAt }: AccountData): Check {
  const action = t('account.check.review')
  if (passkeys > 0) {
    const detail = t(passwordChangedAt ? 'account.check.passkey-beside' : 'account.check.passkey-alone', {
      count: passkeys,
    })
    return { name: 'passkey', ok: true, title: t('account.check.passkey'), detail, href: security('passkeys'), action }
  }
  if (!passwordChangedAt) {
    return { name: 'password', ok: true, title: t('account.check.mailbox'), href: security('passkeys'), action }
  }
  const detail = t('account.check.password-lead', { at: passwordChangedAt })
  return { name: 'password', ok: true, title: t('account.check.password'), detail, href: security('password'), action }
}

/** Codes are of use to whoever has a second step to lose. */
function codesOf({ texts: { t } }: UiSite, { hasSecondStep, codesLeft }: AccountData): Check[] {
  if (!hasSecondStep) return []
  const ok = codesLeft > fewCodes
  const detail = t(codesLeft === 0 ? 'account.check.codes-none-lead' : 'account.check.codes-few-lead')
  return [
    {
      name: 'codes',
      ok,
      title: t('account.check.codes', { count: codesLeft }),
      detail: ok ? undefined : detail,
      href: security('recovery-codes'),
      action: t(ok ? 'account.check.review' : 'security.codes.make'),
    },
  ]
}

function checksOf(site: UiSite, data: AccountData): Check[] {
  const { t } = site.texts
  const review = t('account.check.review')
  const all: Check[] = [
    secondStepOf(site, data),
    ...codesOf(site, data),
    {
      name: 'phone',
      ok: data.phone !== null,
      title: t(data.phone === null ? 'account.check.phone-off' : 'account.check.phone-on'),
      detail: data.phone ?? t('account.check.phone-off-lead'),
      href: data.phone === null ? '/account/profile?edit=phone' : '/account/profile',
      action: data.phone === null ? t('common.add') : review,
    },
    {
      name: 'email',
      ok: data.emailVerifiedAt !== null,
      title: data.emailVerifiedAt ? t('account.check.email') : t('profile.not-verified'),
      detail: data.person.email,
      href: '/account/profile',
      action: review,
    },
    signInOf(site, data),
  ]
  // What is open comes first; what is healthy stays visible, so that the page is never empty.
  return [...all.filter(({ ok }) => !ok), ...all.filter(({ ok }) => ok)]
}

/** The greeting before the brand's picture; without a picture it is a heading like any other. */
function heroOf(site: UiSite, heading: string, lead: ReactNode): ReactNode {
  const { art, 'art-band': band } = site.theme.assets
  if (!band && !art) return undefined
  return (
    <div className={styles.hero} data-part="account.hero">
      <div className={styles.greeting}>
        <h1>{heading}</h1>
        <p>{lead}</p>
      </div>
      <div className={styles.art}>
        <BrandPicture site={site} sources={[{ name: band ? 'art-band' : 'art' }]} alt="" />
      </div>
    </div>
  )
}

/** Filled in and sent by the script of passkeys; nothing of it is to be seen. */
const Upgrade = ({ site }: { site: UiSite }) => (
  <form hidden method="post" action={site.path('/account/security/passkeys')} data-passkey="upgrade">
    <input type="hidden" name="intent" value="upgrade" />
    <input type="hidden" name="credential" />
    <input type="hidden" name="challenge" />
  </form>
)

export function Account({
  site,
  data,
  notice,
}: {
  site: UiSite
  data: AccountData
  notice?: string | null | undefined
}) {
  const { t } = site.texts
  const { person } = data
  const checks = checksOf(site, data)
  const open = checks.filter(({ ok }) => !ok).length
  const name = person.givenName || person.familyName
  const heading = name ? t('account.greeting', { name }) : t('account.greeting-without-name')
  const lead = say(site, 'account.lead')
  return (
    <AccountFrame
      site={site}
      screen="account"
      here="/account"
      person={person}
      heading={heading}
      lead={lead}
      hero={heroOf(site, heading, lead)}
      notice={notice}
    >
      {data.mayUpgrade ? <Upgrade site={site} /> : null}
      <section className={styles.check} data-part="account.check">
        <div className={styles.summary}>
          <h2>{t('account.check.title', { count: open })}</h2>
          <p>{t('account.check.lead', { count: open })}</p>
          <div className={styles.progress}>
            <div className={styles.bar} aria-hidden>
              {[...checks].reverse().map(({ name, ok }) => (
                <span key={name} data-ok={ok || undefined} />
              ))}
            </div>
            <p>{t('account.check.progress', { done: checks.length - open, all: checks.length })}</p>
          </div>
        </div>
        <div className={styles.rows}>
          {checks.map(({ name, ok, title, detail, href, action }) => (
            <IconRow
              key={name}
              part={`account.${name}`}
              tone={ok ? 'good' : 'attention'}
              icon={
                ok ? (
                  <IconCircleCheck size={22} stroke={1.75} aria-hidden />
                ) : (
                  <IconAlertTriangle size={22} stroke={1.75} aria-hidden />
                )
              }
              title={title}
              detail={detail && /^[+\d][\d\s]+$|@/.test(detail) ? <Isolated>{detail}</Isolated> : detail}
              action={
                <RowAction
                  href={site.path(href)}
                  label={action}
                  name={`${action}: ${title}`}
                  part={`account.${name}.action`}
                  wholeRow
                />
              }
            />
          ))}
        </div>
      </section>
      <div className={styles.more}>
        <LatestChanges site={site} moments={data} />
        <ThisDevice site={site} signedInAt={data.signedInAt} />
      </div>
    </AccountFrame>
  )
}
