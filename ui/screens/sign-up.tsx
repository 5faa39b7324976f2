import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isSignUpOpen } from '#core/organizations/contract'
import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Field, PasswordField } from '../parts/field.tsx'
import { Form, formStyles, NamePair, Outcome } from '../parts/form.tsx'
import { type Answered, passwordMinimum, type UiSite } from '../site.tsx'
import { say, words } from '../words.tsx'

const screen = 'sign-up'
const here = '/sign-up'

/** Terms and privacy notice, as far as the organization has them. */
export function Agreement({ site }: { site: UiSite }) {
  const { terms, privacy } = site.theme.contact
  if (!terms && !privacy) return null
  const key = terms && privacy ? 'agreement' : terms ? 'agreement-terms' : 'agreement-privacy'
  const link = (href: string | null) => (children: ReactNode) => (href ? <a href={href}>{children}</a> : children)
  return (
    <p className={formStyles.fine}>
      {words(site, `sign-up.${key}`, {}, { terms: link(terms), privacy: link(privacy) })}
    </p>
  )
}

function SignUpClosed({ site }: { site: UiSite }) {
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      emblem={<IconLock size={24} stroke={1.75} aria-hidden />}
      heading={site.texts.t('sign-up.closed.title')}
      lead={say(site, 'sign-up.closed.lead')}
    >
      <ButtonLink href={site.path('/sign-in')} part="sign-up.sign-in" wide>
        {site.texts.t('common.back-to-sign-in')}
      </ButtonLink>
    </EntryFrame>
  )
}

/** Where businesses may come in by themselves, whoever stands for one is shown the other door. */
function ForBusinesses({ site }: { site: UiSite }) {
  const { businessSignUp } = site.organization
  if (businessSignUp !== 'open' && businessSignUp !== 'approval') return null
  return (
    <p className={formStyles.fine}>
      {site.texts.t('sign-up.for-businesses')}{' '}
      <a href={site.path('/start')} className={formStyles.tall} data-part="sign-up.start">
        {site.texts.t('sign-up.start')}
      </a>
    </p>
  )
}

export function SignUp({ site, values = {}, failure, notice }: { site: UiSite } & Answered) {
  if (!isSignUpOpen(site.organization)) return <SignUpClosed site={site} />
  const { t } = site.texts
  const labels = {
    given_name: t('field.given-name'),
    family_name: t('field.family-name'),
    email: t('field.email'),
    password: t('field.password'),
  }
  const explained = explain(site, failure, labels)
  const common = (name: keyof typeof labels) => ({ screen, explained, name, label: labels[name], value: values[name] })
  return (
    <EntryFrame site={site} screen={screen} here={here} heading={t('sign-up.title')} lead={say(site, 'sign-up.lead')}>
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form site={site} action="/sign-up" part="sign-up.form">
        <NamePair>
          <Field {...common('given_name')} autoComplete="given-name" autoFocus={!explained} />
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
        <Button part="sign-up.submit" wide>
          {t('sign-up.submit')}
        </Button>
      </Form>
      <Agreement site={site} />
      <p className={formStyles.last}>
        {t('sign-up.have-account')}{' '}
        <a href={site.path('/sign-in')} className={formStyles.tall} data-part="sign-up.sign-in">
          {t('sign-up.sign-in')}
        </a>
      </p>
      <ForBusinesses site={site} />
    </EntryFrame>
  )
}
