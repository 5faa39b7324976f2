import { isSignUpOpen } from '#core/organizations/contract'
import { Button } from '../parts/button.tsx'
import { besideLabel, Field, LinkedField, PasswordField } from '../parts/field.tsx'
import { formStyles } from '../parts/form.tsx'
import { PasskeyWay } from '../parts/passkey.tsx'
import { StepForm, StepFrame, type StepProps, Ways } from '../parts/step.tsx'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { identifierField } from './identifying.ts'

const screen = 'sign-in'

/** Who somebody is and their password, on one page. */
export function SignIn(props: StepProps) {
  const { site, place, values = {} } = props
  const { t } = site.texts
  const { label, ...typed } = identifierField(site)
  const labels = { username: label, password: t('field.password') }
  const look = { screen, heading: t('sign-in.title'), lead: say(site, 'sign-in.lead'), labels } as const
  return (
    <StepFrame {...props} {...look} who={undefined}>
      {(explained) => (
        <>
          <StepForm site={site} place={place} part="sign-in.form" isProof>
            <Field
              {...{ screen, explained, label }}
              {...typed}
              name="username"
              leftToRight
              value={values.username}
              autoFocus={!explained && !values.username}
            />
            <LinkedField link={<Forgot site={site} screen={screen} />}>
              <PasswordField
                {...{ site, screen, explained }}
                name="password"
                label={labels.password}
                autoComplete="current-password"
                autoFocus={!explained && Boolean(values.username)}
              />
            </LinkedField>
            <Button part="sign-in.submit" wide>
              {t('sign-in.submit')}
            </Button>
          </StepForm>
          <PasskeyWay site={site} screen={screen} place={place} />
          <Ways site={site} place={place} without={['passkey']} />
          <NewHere site={site} screen={screen} />
        </>
      )}
    </StepFrame>
  )
}

/** The way to another password, in the row of the label. */
export const Forgot = ({ site, screen }: { site: UiSite; screen: string }) => (
  <a href={site.path('/recover')} className={besideLabel} data-part={`${screen}.recover`}>
    {site.texts.t('sign-in.forgot')}
  </a>
)

/** For whoever has no account yet, where they may make one themselves. */
export function NewHere({ site, screen }: { site: UiSite; screen: string }) {
  if (!isSignUpOpen(site.organization)) return null
  return (
    <p className={formStyles.last}>
      {say(site, 'sign-in.no-account')}{' '}
      <a href={site.path('/sign-up')} className={formStyles.tall} data-part={`${screen}.sign-up`}>
        {site.texts.t('sign-in.create-account')}
      </a>
    </p>
  )
}
