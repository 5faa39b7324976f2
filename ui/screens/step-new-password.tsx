import { Button } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { KnownPerson } from '../parts/form.tsx'
import { StepForm, StepFrame, type StepProps } from '../parts/step.tsx'
import { passwordMinimum } from '../site.tsx'
import { say } from '../words.tsx'

const screen = 'step-new-password'

/** Another password has to be chosen before anything else. */
export function StepNewPassword(props: StepProps) {
  const { site, place, who } = props
  const { t } = site.texts
  const label = t('field.new-password')
  const minimum = passwordMinimum(site)
  return (
    <StepFrame
      {...props}
      screen={screen}
      heading={t('reset.title')}
      lead={say(site, `step-new-password.${place.why ?? 'asked'}`)}
      labels={{ new_password: label }}
    >
      {(explained) => (
        <StepForm site={site} place={place} part={`${screen}.form`}>
          {who ? <KnownPerson email={who} /> : null}
          <PasswordField
            {...{ site, screen, explained, label, minimum }}
            name="new_password"
            autoComplete="new-password"
            hint={t('hint.password', { count: minimum })}
            autoFocus={!explained}
          />
          <Button part={`${screen}.submit`} wide>
            {t('step-new-password.submit')}
          </Button>
        </StepForm>
      )}
    </StepFrame>
  )
}
