import { IconCircleCheck, IconShieldLock } from '@tabler/icons-react'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form, formStyles } from '../parts/form.tsx'
import type { UiSite } from '../site.tsx'
import { address, say, words } from '../words.tsx'
import { DeadEnd } from './dead-end.tsx'
import styles from './secure.module.css'

const screen = 'secure'
const here = '/secure'

export type SecureState = 'valid' | 'used' | 'expired' | 'unknown'

const ends = ['sessions', 'trust', 'password', 'added'] as const
const nextSteps = ['password', 'factors', 'elsewhere'] as const

/** What one press will do, all of it before it is pressed. */
function Offer({ site, email }: { site: UiSite; email: string | undefined }) {
  const { t } = site.texts
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconShieldLock size={24} stroke={1.75} aria-hidden />}
      heading={t('secure.title')}
      lead={email ? words(site, 'secure.lead-for', { email }, address) : say(site, 'secure.lead')}
    >
      <div className={formStyles.steps}>
        <ul className={styles.list} data-part="secure.ends">
          {ends.map((one) => (
            <li key={one}>{t(`secure.ends.${one}`)}</li>
          ))}
        </ul>
        {/* The link itself has done nothing: programs that read mail open links too. */}
        <Form site={site} action={here} part="secure.form">
          <Button part="secure.submit" wide>
            {t('secure.submit')}
          </Button>
        </Form>
      </div>
      <p className={formStyles.fine}>{t('secure.was-me')}</p>
    </EntryFrame>
  )
}

/** What was done, and what is left to do for the person alone. */
function Done({ site }: { site: UiSite }) {
  const { t } = site.texts
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconCircleCheck size={24} stroke={1.75} aria-hidden />}
      heading={t('secure.used.title')}
      lead={t('secure.used.lead')}
    >
      <div className={formStyles.steps}>
        <h2 className={styles.next}>{t('secure.next')}</h2>
        <ol className={`${styles.list} ${styles.numbered}`} data-part="secure.next">
          {nextSteps.map((one) => (
            <li key={one}>{t(`secure.next.${one}`)}</li>
          ))}
        </ol>
        <ButtonLink href={site.path('/sign-in')} part="secure.sign-in" wide>
          {t('sign-in.submit')}
        </ButtonLink>
        <ButtonLink href={site.path('/recover')} part="secure.recover" kind="secondary" wide>
          {t('reset.new-link')}
        </ButtonLink>
      </div>
    </EntryFrame>
  )
}

export function Secure({ site, state, email }: { site: UiSite; state: SecureState; email?: string | undefined }) {
  const { t } = site.texts
  if (state === 'valid') return <Offer site={site} email={email} />
  if (state === 'used') return <Done site={site} />
  return (
    <DeadEnd
      site={site}
      screen={screen}
      here={here}
      emblem={state === 'expired' ? 'time' : 'broken'}
      heading={t(`secure.${state}.title`)}
      lead={t(`secure.${state}.lead`)}
      first={{ part: 'secure.recover', href: '/recover', label: t('secure.recover') }}
      second={{ part: 'secure.sign-in', href: '/sign-in', label: t('common.back-to-sign-in') }}
    />
  )
}
