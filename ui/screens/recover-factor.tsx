/** Where the links of a lost second step lead: the one that removes it, and the one that ends the request. */
import type { RecoveryLook } from '#core/recovery/contract'
import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { Form, formStyles, KnownPerson, Outcome } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { address, words } from '../words.tsx'
import { DeadEnd } from './dead-end.tsx'

type Props = { site: UiSite } & RecoveryLook & Answered

const emblems = { used: 'used', cancelled: 'used', declined: 'problem', expired: 'time', unknown: 'broken' } as const

/** Nothing to do here: the same for both links, with what each is about. */
function Over({ site, state, screen, here }: Pick<Props, 'site' | 'state'> & { screen: Screen; here: string }) {
  const { t } = site.texts
  if (state === 'valid') return null
  const first = { part: `${screen}.sign-in`, href: '/sign-in', label: t('common.back-to-sign-in') }
  const change = { part: `${screen}.change`, href: '/recover', label: t('recover-cancel.change') }
  return (
    <DeadEnd
      site={site}
      screen={screen}
      here={here}
      emblem={emblems[state]}
      heading={t(`${screen}.${state}.title`)}
      lead={t(`${screen}.${state}.lead`)}
      first={screen === 'recover-cancel' && state === 'cancelled' ? change : first}
      second={screen === 'recover-cancel' && state === 'cancelled' ? first : undefined}
    />
  )
}

type Screen = 'recover-factor' | 'recover-cancel'

export function RecoverFactor({ site, state, email, failure, notice }: Props) {
  const { t } = site.texts
  const screen = 'recover-factor'
  const here = '/recover/factor'
  if (state !== 'valid') return <Over site={site} state={state} screen={screen} here={here} />
  const label = t('field.password')
  const explained = explain(site, failure, { password: label })
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      heading={t('recover-factor.title')}
      lead={words(site, 'recover-factor.lead', { email: email ?? '' }, address)}
    >
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form site={site} action={here} part="recover-factor.form">
        {email ? <KnownPerson email={email} /> : null}
        <PasswordField
          site={site}
          screen={screen}
          explained={explained}
          name="password"
          label={label}
          autoComplete="current-password"
          autoFocus={!explained}
        />
        <Button part="recover-factor.submit" wide>
          {t('recover-factor.submit')}
        </Button>
      </Form>
      <p className={formStyles.fine}>{t('recover-factor.follows')}</p>
    </EntryFrame>
  )
}

export function RecoverCancel({ site, state, email, askedAt, failure, notice }: Props) {
  const { t } = site.texts
  const screen = 'recover-cancel'
  const here = '/recover/cancel'
  if (state !== 'valid') return <Over site={site} state={state} screen={screen} here={here} />
  const asked = { email: email ?? '', at: askedAt ?? new Date(0) }
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      heading={t('recover-cancel.title')}
      lead={words(site, 'recover-cancel.lead', asked, address)}
    >
      <Outcome site={site} screen={screen} explained={explain(site, failure)} notice={notice} />
      <Form site={site} action={here} part="recover-cancel.form">
        <Button part="recover-cancel.submit" wide>
          {t('recover-cancel.submit')}
        </Button>
      </Form>
      <p className={formStyles.links}>
        <a href={site.path('/sign-in')} data-part="recover-cancel.sign-in">
          {t('recover-cancel.keep')}
        </a>
      </p>
    </EntryFrame>
  )
}
