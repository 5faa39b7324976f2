/** The button of a passkey. What it does takes a script; the form is what the script sends. */
import { IconFingerprint } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Place } from '#core/login/contract'
import type { UiSite } from '../site.tsx'
import { Button } from './button.tsx'
import { Form } from './form.tsx'
import styles from './step.module.css'
import { LastUsed } from './step.tsx'

type Props = {
  site: UiSite
  place: Place
  screen: string
  /** `get` signs in with one there is, `create` makes another one. */
  act: 'get' | 'create'
  label: string
  hidden?: Record<string, string | undefined>
  /** More of the same form. */
  children?: ReactNode
}

/** What the script says where the browser knows no passkeys, or where somebody has changed their mind. */
export function Says({ site, act }: Pick<Props, 'site' | 'act'>) {
  const { t } = site.texts
  return (
    <p
      role="status"
      hidden
      className={styles.unscripted}
      data-passkey-says=""
      data-missing={t('passkey.missing')}
      data-cancelled={t(act === 'get' ? 'passkey.cancelled' : 'passkey.not-made')}
      data-failed={t('passkey.failed')}
      data-known={t('passkey.known')}
    />
  )
}

function PasskeyForm(props: Props & { at: string; button: ReactNode }) {
  const { site, place, screen, act, at, hidden, children, button } = props
  return (
    <Form
      isScripted
      way={act === 'get' && !place.isSecond ? 'hwk' : undefined}
      site={site}
      action={place.page}
      part={`${screen}.${act === 'get' ? 'passkey' : 'new-passkey'}-form`}
      hidden={{ at, ...hidden, credential: '', challenge: '' }}
    >
      {children}
      {button}
      <Says site={site} act={act} />
    </Form>
  )
}

const icon = <IconFingerprint size={20} stroke={1.75} aria-hidden />

/** At the place of a passkey: the one button of the page. Without scripts there is none, and the page says why. */
export function PasskeyButton(props: Props) {
  const { site, place, screen, act, label } = props
  return (
    <>
      <div className={styles.scripted}>
        <PasskeyForm
          {...props}
          at={place.at}
          button={
            <Button wide part={`${screen}.${act}`} icon={icon} passkey={act}>
              {label}
            </Button>
          }
        />
      </div>
      <noscript>
        <p className={styles.unscripted}>{site.texts.t('passkey.unscripted')}</p>
      </noscript>
    </>
  )
}

/** The same as another way of a page: without scripts it leads to the place of the passkey, which says more. */
export function PasskeyWay({ site, screen, place }: Pick<Props, 'site' | 'screen' | 'place'>) {
  const way = place.ways.find(({ step }) => step === 'passkey')
  if (!way) return null
  const label = site.texts.t('passkey.sign-in')
  return (
    <>
      <p className={styles.or}>{site.texts.t('common.or')}</p>
      <PasskeyForm
        {...{ site, screen, place, label }}
        act="get"
        at={way.at}
        button={
          <Button wide kind="secondary" part={`${screen}.passkey`} icon={icon} passkey="get" name="way" value={way.at}>
            {label} <LastUsed site={site} step="passkey" />
          </Button>
        }
      />
    </>
  )
}
