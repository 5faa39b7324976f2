import { isSignUpOpen } from '#core/organizations/contract'
import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { besideLabel, Field, LinkedField, PasswordField } from '../parts/field.tsx'
import { Form, formStyles, Outcome } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'

const screen = 'sign-in'

export function SignIn({ site, values = {}, failure, notice }: { site: UiSite } & Answered) {
  const { t } = site.texts
  const labels = { username: t('field.email'), password: t('field.password') }
  const explained = explain(site, failure, labels)
  const common = { screen, explained }
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here="/sign-in"
      heading={t('sign-in.title')}
      lead={say(site, 'sign-in.lead')}
    >
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form site={site} action="/sign-in" part="sign-in.form">
        <Field
          {...common}
          name="username"
          label={labels.username}
          type="email"
          inputMode="email"
          autoComplete="username webauthn"
          leftToRight
          value={values.username}
          autoFocus={!explained && !values.username}
        />
        <LinkedField
          link={
            <a href={site.path('/recover')} className={besideLabel} data-part="sign-in.recover">
              {t('sign-in.forgot')}
            </a>
          }
        >
          <PasswordField
            {...common}
            site={site}
            name="password"
            label={labels.password}
            autoComplete="current-password"
            autoFocus={!explained && Boolean(values.username)}
          />
        </LinkedField>
        <Button part="sign-in.submit" wide>
          {t('sign-in.submit')}
        </Button>
      </Form>
      {isSignUpOpen(site.organization) ? (
        <p className={formStyles.last}>
          {say(site, 'sign-in.no-account')}{' '}
          <a href={site.path('/sign-up')} className={formStyles.tall} data-part="sign-in.sign-up">
            {t('sign-in.create-account')}
          </a>
        </p>
      ) : null}
    </EntryFrame>
  )
}
