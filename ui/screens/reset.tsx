import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { Form, KnownPerson, Outcome } from '../parts/form.tsx'
import { type Answered, passwordMinimum, type UiSite } from '../site.tsx'
import { address, words } from '../words.tsx'
import { DeadEnd } from './dead-end.tsx'

const screen = 'reset'
const here = '/reset'

export type ResetState = 'valid' | 'used' | 'expired' | 'unknown'

export function Reset({
  site,
  state,
  email,
  failure,
  notice,
}: { site: UiSite; state: ResetState; email?: string | undefined } & Answered) {
  const { t } = site.texts
  if (state !== 'valid') {
    return (
      <DeadEnd
        site={site}
        screen={screen}
        here={here}
        emblem={state === 'used' ? 'used' : state === 'expired' ? 'time' : 'broken'}
        heading={t(`reset.${state}.title`)}
        lead={t(`reset.${state}.lead`)}
        first={{ part: 'reset.recover', href: '/recover', label: t('reset.new-link') }}
        second={{ part: 'reset.sign-in', href: '/sign-in', label: t('common.back-to-sign-in') }}
      />
    )
  }
  const label = t('field.new-password')
  const explained = explain(site, failure, { new_password: label })
  const lead = email ? words(site, 'reset.lead-for', { email }, address) : t('reset.lead')
  return (
    <EntryFrame site={site} screen={screen} here={here} heading={t('reset.title')} lead={lead}>
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form site={site} action="/reset" part="reset.form">
        {email ? <KnownPerson email={email} /> : null}
        <PasswordField
          site={site}
          screen={screen}
          explained={explained}
          name="new_password"
          label={label}
          autoComplete="new-password"
          minimum={passwordMinimum(site)}
          hint={t('hint.password', { count: passwordMinimum(site) })}
          autoFocus={!explained}
        />
        <Button part="reset.submit" wide>
          {t('reset.submit')}
        </Button>
      </Form>
    </EntryFrame>
  )
}
