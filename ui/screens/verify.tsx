import { IconDeviceDesktop, IconMailCheck } from '@tabler/icons-react'
import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { Form, formStyles, Outcome } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { address, say, words } from '../words.tsx'
import { DeadEnd } from './dead-end.tsx'

const screen = 'verify'
const here = '/verify'

export type LinkState = 'confirm' | 'other-browser' | 'used' | 'expired' | 'unknown'

type Proof = { email?: string | undefined; of?: 'sign-up' | 'start' | undefined }

function Confirm({ site, email, of, failure, notice }: { site: UiSite } & Proof & Answered) {
  const { t } = site.texts
  const explained = explain(site, failure)
  const key = of === 'start' ? 'verify.lead-to-start' : 'verify.lead'
  const lead = email ? words(site, key, { email }, address) : say(site, 'verify.lead-without-email')
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconMailCheck size={24} stroke={1.75} aria-hidden />}
      heading={t('verify.title')}
      lead={lead}
    >
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      {/* The link itself has done nothing: programs that read mail open links too. */}
      <Form site={site} action="/verify" part="verify.form" hidden={{ intent: 'confirm' }}>
        <Button part="verify.submit" wide>
          {t('verify.submit')}
        </Button>
      </Form>
    </EntryFrame>
  )
}

type Elsewhere = { site: UiSite; code: string; path?: '/verify' | '/sign-in' }

/** Opened where nothing was begun: the code goes to the browser that did begin. */
export function OtherBrowser({ site, code, path = here }: Elsewhere) {
  const { t } = site.texts
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={path}
      emblem={<IconDeviceDesktop size={24} stroke={1.75} aria-hidden />}
      heading={t('verify.other-browser.title')}
      lead={t('verify.other-browser.lead')}
    >
      <p className={formStyles.code} data-part="verify.code" dir="ltr">
        {code}
      </p>
      <p className={formStyles.fine}>{t('verify.other-browser.warning')}</p>
      {path === '/sign-in' ? (
        <p className={formStyles.links}>
          <a href={site.path('/sign-in?again=1')} data-part="verify.sign-in">
            {t('verify.other-browser.sign-in')}
          </a>
        </p>
      ) : null}
    </EntryFrame>
  )
}

export function Verify({
  site,
  state,
  email,
  of,
  code,
  ...answered
}: { site: UiSite; state: LinkState; code?: string | undefined } & Proof & Answered) {
  const { t } = site.texts
  if (state === 'confirm') return <Confirm site={site} email={email} of={of} {...answered} />
  if (state === 'other-browser') return <OtherBrowser site={site} code={code ?? ''} />
  const signIn = { part: 'verify.sign-in', href: '/sign-in', label: t('common.back-to-sign-in') }
  const again = { part: 'verify.start-again', href: '/sign-up', label: t('verify.start-again') }
  const used = state === 'used'
  return (
    <DeadEnd
      site={site}
      screen={screen}
      here={here}
      emblem={used ? 'used' : state === 'expired' ? 'time' : 'broken'}
      heading={t(`verify.${state}.title`)}
      lead={say(site, `verify.${state}.lead`)}
      first={used ? { ...signIn, label: t('sign-in.submit') } : again}
      second={used ? undefined : signIn}
    />
  )
}
