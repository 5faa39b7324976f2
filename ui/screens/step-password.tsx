import { Button } from '../parts/button.tsx'
import { LinkedField, PasswordField } from '../parts/field.tsx'
import { KnownPerson } from '../parts/form.tsx'
import { PasskeyWay } from '../parts/passkey.tsx'
import { StepForm, StepFrame, type StepProps, Ways } from '../parts/step.tsx'
import { Forgot, SignIn } from './sign-in.tsx'

const screen = 'step-password'

/** The password of whoever has said who they are; where nobody has, both are asked for. */
export function StepPassword(props: StepProps) {
  const { site, place, who } = props
  if (place.settings.withIdentifier === true || !who) return <SignIn {...props} />
  const { t } = site.texts
  const label = t('field.password')
  return (
    <StepFrame {...props} screen={screen} heading={t('step-password.title')} labels={{ password: label }}>
      {(explained) => (
        <>
          <StepForm site={site} place={place} part={`${screen}.form`} isProof>
            <KnownPerson email={who} />
            <LinkedField link={<Forgot site={site} screen={screen} />}>
              <PasswordField
                {...{ site, screen, explained, label }}
                name="password"
                autoComplete="current-password"
                autoFocus={!explained}
              />
            </LinkedField>
            <Button part={`${screen}.submit`} wide>
              {t('sign-in.submit')}
            </Button>
          </StepForm>
          <PasskeyWay site={site} screen={screen} place={place} />
          <Ways site={site} place={place} without={['passkey']} />
        </>
      )}
    </StepFrame>
  )
}
